package dev.iiswarden.read.evtx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.read.evtx.EvtxFiles.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** A log reader recognises an EVTX file and returns its records as JSON. */
class EvtxInLogReaderTest {
  private final EvtxFiles file =
      new EvtxFiles().chunk().event(Value.text("a")).event(Value.of(0x42, 1));

  @Test
  void recordsHaveTheirNumberAndOffset() throws IOException {
    try (LogReader log = LogReader.of("log", new ByteArrayInputStream(file.bytes()))) {
      LogRecord first = Objects.requireNonNull(log.next());
      assertEquals(
          "{\"Event\":{\"#attributes\":{\"xmlns\":\"urn:events\"},\"EventData\":{\"v0\":\"a\"}}}",
          first.text());
      assertEquals("log:1", first.toString());
      assertEquals(4096 + 512, first.offset());
      assertEquals(Optional.empty(), first.flaw());
      LogRecord second = Objects.requireNonNull(log.next());
      assertEquals(2, second.line());
      assertEquals(
          Optional.of("damaged EVTX record 2: a value of the unknown type 0x42"), second.flaw());
      assertNull(log.next());
      assertEquals(Optional.empty(), log.lost());
      assertEquals(2, log.linesRead());
    }
  }

  @Test
  void whatIsLostOfACompressedFileIsSaid() throws IOException {
    byte[] damaged = file.chunk().event(Value.text("b")).bytes();
    Arrays.fill(damaged, 4096, damaged.length - EvtxFiles.CHUNK, (byte) 0xee);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(damaged);
    }
    try (LogReader log = LogReader.of("log", new ByteArrayInputStream(compressed.toByteArray()))) {
      assertEquals(1, Objects.requireNonNull(log.next()).line());
      assertNull(log.next());
      assertEquals(Optional.of("1 damaged chunk: 65,536 bytes skipped"), log.lost());
    }
  }
}
