package dev.iiswarden.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.event.EventJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** JSON as it is kept in a store: after a CRC-32C of its bytes, so that no damage is believed. */
public final class StoredPart {
  private static final ObjectMapper JSON = EventJson.mapper();

  private StoredPart() {}

  /** Returns the form in which JSON is stored. */
  public static byte[] seal(JsonNode json) {
    try {
      byte[] text = JSON.writeValueAsBytes(json);
      return ByteBuffer.allocate(Integer.BYTES + text.length)
          .putInt(checksum(text))
          .put(text)
          .array();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }

  /**
   * Returns the JSON that was stored.
   *
   * @throws IOException if it is damaged
   */
  public static JsonNode open(byte[] stored) throws IOException {
    byte[] text = Arrays.copyOfRange(stored, Math.min(stored.length, Integer.BYTES), stored.length);
    if (stored.length < Integer.BYTES || ByteBuffer.wrap(stored).getInt() != checksum(text)) {
      throw new IOException("it is damaged: its checksum does not match");
    }
    return JSON.readTree(text);
  }

  private static int checksum(byte[] text) {
    CRC32C crc = new CRC32C();
    crc.update(text);
    return (int) crc.getValue();
  }
}
