package dev.iiswarden.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Records with their places, from plain and compressed logs. */
class LogReaderTest {
  private static final String LOG =
      "{\"a\":1}\r\n\n  {\"b\":\"ü\"}\n<Event>\n</Event><Event/>\nend";

  private static List<String> places(byte[] log) throws IOException {
    List<String> places = new ArrayList<>();
    try (LogReader reader = LogReader.of("log", new ByteArrayInputStream(log))) {
      for (LogRecord record = reader.next(); record != null; record = reader.next()) {
        places.add(record + "@" + record.offset() + " " + record.text().strip());
      }
    }
    return places;
  }

  @Test
  void aRecordKnowsItsLineAndOffset() throws IOException {
    byte[] log = LOG.getBytes(StandardCharsets.UTF_8);
    List<String> places = places(log);
    assertEquals("log:1@0 {\"a\":1}", places.get(0));
    assertEquals("log:3@12 {\"b\":\"ü\"}", places.get(1));
    assertEquals("log:4@23 <Event>\n</Event>", places.get(2));
    try (LogReader reader = LogReader.of("log", new ByteArrayInputStream(log))) {
      for (LogRecord record = reader.next(); record != null; record = reader.next()) {
        String whole = record.text().strip();
        String there =
            new String(
                log,
                (int) record.offset(),
                log.length - (int) record.offset(),
                StandardCharsets.UTF_8);
        assertEquals(
            whole.lines().findFirst(),
            there
                .lines()
                .findFirst()
                .map(
                    line ->
                        line.substring(
                            0,
                            Math.min(
                                line.length(), whole.lines().findFirst().orElse("").length()))));
      }
    }
  }

  @Test
  void aCompressedLogHasTheSamePlaces() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(LOG.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(places(LOG.getBytes(StandardCharsets.UTF_8)), places(compressed.toByteArray()));
  }

  @Test
  void textInUtf16HasThePlacesOfItsUtf8() throws IOException {
    List<String> places = places(LOG.getBytes(StandardCharsets.UTF_8));
    assertEquals(places, places(LOG.getBytes(StandardCharsets.UTF_16)));
    assertEquals(places, places(LOG.getBytes(StandardCharsets.UTF_16LE)));
    assertEquals(places, places(LOG.getBytes(StandardCharsets.UTF_16BE)));
  }

  @Test
  void aMessageMayBeUtf16() throws IOException {
    try (LogReader reader = LogReader.of("{\"b\":\"ü\"}".getBytes(StandardCharsets.UTF_16LE))) {
      assertEquals("{\"b\":\"ü\"}", Objects.requireNonNull(reader.next()).text());
      assertNull(reader.next());
    }
  }

  @Test
  void theDeclarationOfAnXmlExportInUtf16IsSkipped() throws IOException {
    String export =
        "\ufeff<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n<Events>\r\n<Event>\r\n</Event>\r\n</Events>\r\n";
    assertEquals(1, places(export.getBytes(StandardCharsets.UTF_16LE)).size());
  }
}
