package dev.iiswarden.cli;

import static dev.iiswarden.testing.IisEvents.START;

import dev.iiswarden.testing.EcsLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Logs for the program to read. */
final class Logs {
  /** A line that is no alert by itself. */
  static final String REGISTRATION = EcsLines.registration("r", "WEB01", START);

  /** Two lines that are one alert. */
  static final String REGISTRATION_THEN_DROP =
      EcsLines.registration("r", "WEB01", START)
          + "\n"
          + EcsLines.drop("f", "WEB01", START.plusSeconds(60))
          + "\n";

  private Logs() {}

  /** A line that is an alert by itself. */
  static String load(String id) {
    return EcsLines.load(id, "WEB01", START);
  }

  static Path write(Path file, String... lines) throws IOException {
    return Files.writeString(file, lines.length == 0 ? "" : String.join("\n", lines) + "\n");
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(utf8(text));
    }
    return bytes.toByteArray();
  }
}
