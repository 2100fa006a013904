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
 * A value as JSON, compressed, in Base64: what a page holds without a character that could be
 * markup, at a fraction of its size.
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

  /** JSON, packed. */
  static PackedJson ofText(String json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new PackedJson(bytes.toByteArray());
  }

  /** As text and not as bytes: half of a surrogate pair in an event must not fail the page. */
  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a page's data cannot be written as JSON", e);
    }
  }

  String text() {
    return Base64.getEncoder().encodeToString(compressed);
  }
}
