package dev.iiswarden.read.evtx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.read.evtx.EvtxFiles.Value;
import dev.iiswarden.read.evtx.EvtxFiles.Xml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Of a damaged file, what is whole is read, and what is lost is counted. */
class EvtxDamageTest {
  private static final int CHUNK = EvtxFiles.FILE_HEADER;

  private final EvtxFiles file = new EvtxFiles().chunk();
  private final List<Integer> starts = new ArrayList<>();

  private EvtxDamageTest event(String value) {
    starts.add(CHUNK + file.position());
    file.event(Value.text(value));
    return this;
  }

  private static List<String> values(Read read) {
    return read.records().stream()
        .map(json -> json.replaceAll(".*\"v0\":\"(\\w*)\".*", "$1"))
        .toList();
  }

  private static void putInt(byte[] file, int at, int value) {
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
  }

  @Test
  void placesAreThoseOfTheRecords() throws IOException {
    event("a").event("b");
    try (EvtxReader reader =
        new EvtxReader(new ByteArrayInputStream(file.nextId(9).event().bytes()))) {
      for (int i = 0; i < 2; i++) {
        assertTrue(reader.next());
        assertEquals(i + 1, reader.number());
        assertEquals(i + 1, reader.recordId());
        assertEquals((long) starts.get(i), reader.offset());
      }
      assertTrue(reader.next());
      assertEquals(9, reader.recordId());
      assertFalse(reader.next());
      assertFalse(reader.next());
    }
  }

  @Test
  void unusedChunksAreSkipped() {
    byte[] bytes = event("a").file.bytes();
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 2 * EvtxFiles.CHUNK);
    System.arraycopy(bytes, CHUNK, longer, bytes.length + EvtxFiles.CHUNK, EvtxFiles.CHUNK);
    Read read = Read.of(longer);
    assertEquals(List.of("a", "a"), values(read));
    assertEquals(0, read.damagedChunks());
  }

  @Test
  void aChunkThatWasCopiedWhileWindowsWroteToItIsNotDamaged() {
    byte[] bytes = event("a").event("b").event("c").file.bytes();
    // The header knows of the first record only.
    putInt(bytes, CHUNK + 44, EvtxFiles.FIRST_RECORD);
    putInt(bytes, CHUNK + 48, starts.get(1) - CHUNK);
    Read read = Read.of(bytes);
    assertEquals(List.of("a", "b", "c"), values(read));
    assertEquals(0, read.damagedChunks());
  }

  @Test
  void recordsBehindTheEndOfAChunkAreNotReturned() {
    byte[] bytes = event("a").event("b").file.bytes();
    putInt(bytes, CHUNK + 44, EvtxFiles.FIRST_RECORD);
    putInt(bytes, CHUNK + 48, starts.get(1) - CHUNK);
    EvtxFiles.sign(bytes, CHUNK);
    assertEquals(List.of("a"), values(Read.of(bytes)));
  }

  @Test
  void olderRecordsInADirtyChunkAreNotReturned() {
    file.nextId(100);
    event("a").event("b");
    file.nextId(7);
    byte[] bytes = event("old").file.bytes();
    putInt(bytes, CHUNK + 48, starts.get(1) - CHUNK);
    assertEquals(List.of("a", "b"), values(Read.of(bytes)));
  }

  @Test
  void aDamagedRecordIsReturnedWithAFlaw() {
    byte[] bytes = event("a").event("b").event("c").file.bytes();
    putInt(bytes, starts.get(1) + 24 + 4 + 10, 1_000_000);
    Read read = Read.of(bytes);
    assertEquals(
        "damaged EVTX record 2: its template has more values than bytes", read.records().get(1));
    assertEquals(3, read.records().size());
    assertEquals(0, read.damagedChunks());
  }

  @Test
  void theRecordsAfterAGapAreFound() {
    byte[] bytes = event("a").event("b").event("c").file.bytes();
    Arrays.fill(bytes, starts.get(1), starts.get(1) + 8, (byte) 0);
    Read read = Read.of(bytes);
    assertEquals(List.of("a", "c"), values(read));
    assertEquals(1, read.damagedChunks());
    assertEquals(starts.get(2) - starts.get(1), read.bytesSkipped());
  }

  @Test
  void aChunkWithoutItsHeaderIsSearched() {
    byte[] bytes = event("a").event("b").file.bytes();
    Arrays.fill(bytes, CHUNK, CHUNK + 64, (byte) 0xee);
    Read read = Read.of(bytes);
    assertEquals(List.of("a", "b"), values(read));
    assertEquals(1, read.damagedChunks());
  }

  @Test
  void aRecordOfADamagedChunkIsReturnedOnce() {
    file.nextId(1);
    event("a");
    file.nextId(1);
    event("a");
    file.nextId(2);
    byte[] bytes = event("b").file.bytes();
    Arrays.fill(bytes, CHUNK, CHUNK + 64, (byte) 0xee);
    assertEquals(List.of("a", "b"), values(Read.of(bytes)));
  }

  @Test
  void anOverwrittenTemplateIsAFlaw() {
    byte[] bytes = event("a").event("b").file.bytes();
    putInt(bytes, starts.get(0) + 24 + 4 + 10 + 4, 77);
    Read read = Read.of(bytes);
    assertEquals("damaged EVTX record 2: its template was overwritten", read.records().get(1));
  }

  @Test
  void aFileThatIsCutOffGivesWhatIsBeforeTheCut() {
    byte[] bytes = event("a").event("b").event("c").file.bytes();
    Read read = Read.of(Arrays.copyOf(bytes, starts.get(2) + 40));
    assertEquals(List.of("a", "b"), values(read));
    assertEquals("the EVTX file is cut off in the chunk at byte 4096", read.end());
  }

  @Test
  void onlyUnusedSpaceMayBeMissing() {
    byte[] bytes = event("a").event("b").file.bytes();
    Read read = Read.of(Arrays.copyOf(bytes, bytes.length - 1_000));
    assertEquals(List.of("a", "b"), values(read));
    assertEquals("end", read.end());
  }

  @Test
  void aFileWithoutAWholeHeaderIsRefused() {
    byte[] bytes = event("a").file.bytes();
    assertEquals(
        "the EVTX file is cut off in its header", Read.of(Arrays.copyOf(bytes, 100)).end());
    assertEquals("this is not an EVTX file", Read.of(new byte[5_000]).end());
  }

  @Test
  void deepNestingIsRefused() {
    Consumer<Xml> deep =
        xml -> {
          for (int i = 0; i < 500; i++) {
            xml.open("a");
          }
          for (int i = 0; i < 500; i++) {
            xml.close();
          }
        };
    assertEquals(
        "damaged EVTX record 1: its elements are nested more than 64 deep",
        Read.one(new EvtxFiles().chunk().record(xml -> xml.instance("deep", deep))));
  }

  @Test
  void expansionWithoutEndIsRefused() {
    // Each level renders the next twenty times.
    Consumer<Xml> twenty =
        xml -> {
          xml.open("Event");
          for (int i = 0; i < 20; i++) {
            xml.slot(0);
          }
          xml.close();
        };
    Value value = Value.text("x");
    for (int level = 0; level < 40; level++) {
      Value inner = value;
      value = Value.xml(xml -> xml.instance("twenty", twenty, inner));
    }
    Value outermost = value;
    EvtxFiles bomb = new EvtxFiles().chunk();
    for (int i = 0; i < 5; i++) {
      bomb.record(xml -> xml.instance("twenty", twenty, outermost));
    }
    Read read = assertTimeout(Duration.ofSeconds(20), () -> Read.of(bomb.bytes()));
    assertEquals(5, read.records().size());
    assertTrue(read.records().get(0).contains("expands to more than"), read.records().get(0));
  }
}
