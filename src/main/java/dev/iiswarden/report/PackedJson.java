package dev.iiswarden.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report cannot be written as JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new PackedJson(bytes.toByteArray());
  }

  String text() {
    return Base64.getEncoder().encodeToString(compressed);
  }
}
