package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.Event;
import dev.iiswarden.testing.CapturedLog;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A decoder never throws for any input, nor do its facts when their fields are read long
 * afterwards. The profile {@code long} takes more inputs per decoder, as does {@code
 * -Dfuzz.inputs=N}; {@code -Dfuzz.seed=N} takes other inputs.
 */
class DecoderFuzzTest {
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 8_000);
  private static final long SEED = Long.getLong("fuzz.seed", 1505L);
  private static final int LONGEST_REASON = 500;

  static Stream<String> decoders() {
    return Stream.concat(Stream.of("auto"), Stream.of(Shape.values()).map(Shape::label));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void anyInputIsReadOrRefused(String name) {
    EventDecoder decoder = EventDecoders.named(name);
    BrokenRecords records = new BrokenRecords(new Random(SEED));
    int facts = 0;
    try (CapturedLog log = new CapturedLog()) {
      for (int i = 0; i < INPUTS; i++) {
        byte[] input = records.next();
        try {
          facts += readAll(decoder, input);
        } catch (RuntimeException | Error e) {
          throw new AssertionError(
              "input " + i + " of seed " + SEED + ": " + HexFormat.of().formatHex(input), e);
        }
      }
      assertEquals(List.of(), log.lines(), "a library writes to standard error");
    }
    // If all inputs were rejected, no facts would have been tested.
    assertTrue(facts > 0, "no input became a fact");
  }

  private static int readAll(EventDecoder decoder, byte[] record) {
    Decoded decoded = decoder.decode(record);
    for (Decoded each : decoded.records()) {
      assertTrue(each.malformed().isEmpty() || each.events().isEmpty());
    }
    decoded
        .malformed()
        .ifPresent(error -> assertTrue(error.reason().length() < LONGEST_REASON, error::reason));
    for (Event event : decoded.events()) {
      assertEquals(event.toMap(), event.placed(1, 0).toMap());
    }
    assertEquals(
        FiveForms.outcome(decoded), FiveForms.outcome(decoder.decode(record, 0, record.length, 0)));
    return decoded.events().size();
  }
}
