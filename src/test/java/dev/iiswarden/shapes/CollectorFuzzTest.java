package dev.iiswarden.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Logs of all collectors with bytes that are changed, repeated, moved and cut off: nothing but the
 * documented error is thrown, and nothing hangs. Use {@code -Dcollector.fuzz.inputs=N} for more
 * inputs and {@code -Dfuzz.seed=N} for others.
 */
class CollectorFuzzTest {
  private static final int INPUTS = Integer.getInteger("collector.fuzz.inputs", 3_000);
  private static final String SYNTAX = "{}[]\"\\<>&;:=,|\t\n '0-";
  private static final long SEED = Long.getLong("fuzz.seed", 1505L);

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void anyLogIsReadOrRefused() throws IOException {
    Random random = new Random(SEED);
    List<byte[]> logs =
        Stream.of(JsonForm.values(), TextForm.values(), LogForm.values())
            .flatMap(Stream::of)
            .flatMap(
                form -> Logged.INTRUSION.stream().map(event -> ((Form) form).log(List.of(event))))
            .toList();
    EventDecoder decoder = EventDecoders.auto(ZoneOffset.UTC);
    int facts = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] log = broken(logs.get(random.nextInt(logs.size())).clone(), random);
      try {
        facts += read(log, decoder);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "input " + i + " of seed " + SEED + ": " + HexFormat.of().formatHex(log), e);
      }
    }
    assertTrue(facts > INPUTS / 100, "too few inputs became facts: " + facts);
  }

  private static int read(byte[] log, EventDecoder decoder) throws IOException {
    int facts = 0;
    try (LogReader reader = LogReader.of("log", new ByteArrayInputStream(log))) {
      for (LogRecord record = reader.next(); record != null; record = reader.next()) {
        for (Decoded decoded : decoder.decode(record).records()) {
          assertEquals(decoded.outcome().isLoss(), decoded.malformed().isPresent());
          for (Event event : decoded.events()) {
            facts += event.toMap().isEmpty() ? 0 : 1;
          }
        }
      }
    } catch (IOException e) {
      // Broken gzip or UTF-16: the log breaks off, which is the documented error.
      assertTrue(e.getMessage() != null || e.getClass() != IOException.class);
    }
    return facts;
  }

  private static byte[] broken(byte[] log, Random random) {
    byte[] bytes = log;
    for (int changes = random.nextInt(4); changes >= 0 && bytes.length > 1; changes--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(random.nextInt(1 + random.nextInt(200)), bytes.length - at);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = Arrays.copyOfRange(bytes, at, bytes.length);
        case 4 -> bytes = repeated(bytes, at, length, 1 + random.nextInt(20));
        default -> {
          int from = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  private static byte[] repeated(byte[] bytes, int at, int length, int times) {
    byte[] longer = new byte[bytes.length + length * times];
    System.arraycopy(bytes, 0, longer, 0, at);
    for (int i = 0; i <= times; i++) {
      System.arraycopy(bytes, at, longer, at + i * length, length);
    }
    System.arraycopy(
        bytes, at + length, longer, at + (times + 1) * length, bytes.length - at - length);
    return longer;
  }
}
