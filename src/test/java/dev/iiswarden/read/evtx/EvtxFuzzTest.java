package dev.iiswarden.read.evtx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.iiswarden.read.evtx.EvtxFiles.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A reader of any bytes returns records that are valid JSON, or throws {@code IOException}, and
 * comes to an end. Use {@code -Devtx.fuzz.inputs=1000000} for a long search and {@code
 * -Dfuzz.seed=N} for other inputs. Files of the shared data are mutated as well if they are there.
 */
class EvtxFuzzTest {
  private static final int INPUTS = Integer.getInteger("evtx.fuzz.inputs", 500);
  private static final long SEED = Long.getLong("fuzz.seed", 1505L);
  private static final Path DATA = Path.of("..", "shared", "data", "evtx");
  private static final JsonFactory JSON = new JsonFactory();

  /** Bytes that mean something: tokens, types of values, sizes. */
  private static final int[] TELLING = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0x13, 0x21, 0x2a, 0x41, 0x7f, 0x81, 0x82,
    0x93, 0xd8, 0xff
  };

  private final Random random = new Random(SEED);

  @Test
  @Timeout(value = 5, unit = TimeUnit.HOURS)
  void anyInputIsReadOrRefused() throws IOException {
    List<byte[]> files = files();
    long records = 0;
    long slowest = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = mutated(files.get(random.nextInt(files.size())));
      long start = System.nanoTime();
      try {
        records += read(input, i % 16 == 0);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("input " + i + " of seed " + SEED, e);
      }
      slowest = Math.max(slowest, System.nanoTime() - start);
    }
    assertTrue(records > INPUTS, "hardly any input had a record");
    assertTrue(slowest < 20_000_000_000L, () -> "one input took more than 20 s");
  }

  /** Reads a file, and parses its records in some of the runs, because that takes longest. */
  private static long read(byte[] file, boolean parse) {
    long records = 0;
    try (EvtxReader reader = new EvtxReader(new ByteArrayInputStream(file))) {
      while (reader.next()) {
        records++;
        assertTrue(reader.flaw() == null || reader.length() == 0);
        if (parse && reader.flaw() == null) {
          assertIsJson(reader);
        }
      }
    } catch (IOException expected) {
      assertTrue(String.valueOf(expected.getMessage()).contains("EVTX"), expected::toString);
    }
    assertTrue(records <= file.length / 28);
    return records;
  }

  private static void assertIsJson(EvtxReader reader) {
    try (JsonParser parser = JSON.createParser(reader.bytes(), reader.start(), reader.length())) {
      int depth = 0;
      while (parser.nextToken() != null) {
        depth += parser.currentToken().isStructStart() ? 1 : 0;
        depth -= parser.currentToken().isStructEnd() ? 1 : 0;
      }
      assertEquals(0, depth);
    } catch (IOException e) {
      throw new AssertionError("record " + reader.number() + " is not JSON", e);
    }
  }

  /** Changes a few bytes of the used part of a chunk, and mostly corrects the checksums. */
  private byte[] mutated(byte[] original) {
    byte[] file = original.clone();
    int chunk = EvtxFiles.FILE_HEADER;
    int used = chunk + EvtxFiles.CHUNK;
    while (used > chunk + EvtxFiles.FIRST_RECORD && file[used - 1] == 0) {
      used--;
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = random.nextInt(8); i >= 0; i--) {
      int at = chunk + EvtxFiles.FIRST_RECORD + random.nextInt(used - chunk - 600);
      switch (random.nextInt(7)) {
        case 0 -> file[at] = (byte) random.nextInt();
        case 1 -> file[at] = (byte) TELLING[random.nextInt(TELLING.length)];
        case 2 -> bytes.putInt(at, random.nextInt(EvtxFiles.CHUNK));
        case 3 -> bytes.putInt(at, random.nextInt());
        case 4 ->
            System.arraycopy(
                file,
                chunk + 512 + random.nextInt(used - chunk - 600),
                file,
                at,
                random.nextInt(64));
        case 5 -> bytes.putShort(at, (short) random.nextInt(64));
        default -> file[chunk + random.nextInt(EvtxFiles.FIRST_RECORD)] = (byte) random.nextInt();
      }
    }
    int free = bytes.getInt(chunk + 48);
    if (random.nextInt(4) > 0 && free >= EvtxFiles.FIRST_RECORD && free <= EvtxFiles.CHUNK) {
      EvtxFiles.sign(file, chunk);
    }
    return random.nextInt(16) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file;
  }

  private static List<byte[]> files() throws IOException {
    List<byte[]> files = new ArrayList<>();
    files.add(everything());
    if (Files.isDirectory(DATA)) {
      try (Stream<Path> paths = Files.list(DATA)) {
        for (Path path : paths.filter(p -> p.toString().endsWith(".evtx")).sorted().toList()) {
          byte[] file = Files.readAllBytes(path);
          files.add(Arrays.copyOf(file, EvtxFiles.FILE_HEADER + EvtxFiles.CHUNK));
        }
      }
    }
    return files;
  }

  /** A file with every kind of token and value. */
  private static byte[] everything() {
    EvtxFiles file = new EvtxFiles().chunk();
    List<Value> values = new ArrayList<>();
    for (int type = 0; type < 0x22; type++) {
      values.add(Value.of(type, 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0, 0, 0, 0, 0));
      values.add(Value.of(type | 0x80, 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0, 0, 0, 0, 0));
    }
    for (Value value : values) {
      file.event(value);
    }
    Value nested =
        Value.xml(
            xml ->
                xml.fragment()
                    .instance(
                        "nested",
                        inner ->
                            inner
                                .open("UserData", "a", 0, "b", "c")
                                .element("x", "1")
                                .element("x", "2")
                                .slot(1)
                                .cdata("d")
                                .entity("amp")
                                .character(0x2028)
                                .instruction("e", "f")
                                .close(),
                        Value.text("g"),
                        Value.xml(element -> element.fragment().element("h", "i").eof()))
                    .eof());
    file.event(nested, Value.text(0x81, "a\0b\0"), nested);
    file.event(Value.text("\ud800\u0000\u001f\""), Value.text(0x81, "a\0b\0"), nested);
    return file.bytes();
  }
}
