package dev.iiswarden.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * A value as compressed JSON in Base64. A page can hold it without any character that could be
 * markup, and at a fraction of its size.
 */
final class PackedJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] compressed;

  private PackedJson(byte[] compressed) {
    this.compressed = compressed;
  }

  static PackedJson of(Object value) {
    return ofText(json(value));
  }

  /** Packs JSON. */
  static PackedJson ofText(String json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot pack JSON in memory", e);
    }
    return new PackedJson(bytes.toByteArray());
  }

  /** Writes text, not bytes: half of a surrogate pair in an event must not fail the page. */
  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a page's data as JSON", e);
    }
  }

  String text() {
    return Base64.getEncoder().encodeToString(compressed);
  }
}
