package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaxspanTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00.000000001Z");

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "30s, PT30S",
    "5m, PT5M",
    "1h, PT1H",
    "7d, PT168H",
    "2 h, PT2H",
    "0s, PT0S",
    "007s, PT7S",
    "999999999d, PT23999999976H",
  })
  void aSpanIsANumberAndAUnit(String text, Duration expected) {
    assertEquals(expected, Maxspan.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h",
        "1",
        "1H",
        "1w",
        "1 hour",
        "-1h",
        "+1h",
        "1.5h",
        " 1h",
        "1h ",
        "1h\n",
        "1  h",
        "1h30m",
        "\u0661h",
        "1000000000s",
        "PT1H"
      })
  void anythingElseIsRefusedWithTheFormToWrite(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Maxspan.of(text));

    assertEquals(
        "'" + text + "' is not a time span: write a whole number and ms, s, m, h or d, as in 1h",
        refusal.getMessage());
  }

  @Test
  void aBadSpanIsRefusedEachTime() {
    assertThrows(IllegalArgumentException.class, () -> Maxspan.of("soon"));
    assertThrows(IllegalArgumentException.class, () -> Maxspan.of("soon"));
  }

  @Test
  void followsRefusesABadSpan() {
    Event later = at(START.plusSeconds(1));

    assertThrows(IllegalArgumentException.class, () -> later.follows(at(START), "an hour"));
  }

  @ParameterizedTest(name = "{0} after the first: {1}")
  @CsvSource({
    "PT0.000000001S, true",
    "PT59M59.999999999S, true",
    "PT1H, true",
    "PT1H0.000000001S, false",
    "PT1H0.001S, false",
    "PT24H, false",
    "PT-0.000000001S, false",
    "PT-1H, false",
  })
  void theSpanIsInclusiveAndExactToTheNanosecond(Duration gap, boolean expected) {
    Event first = at(START);
    Event second = at(START.plus(gap));

    assertEquals(expected, second.follows(first, "1h"));
    assertEquals(expected, second.follows(new PendingSequence("any", first), "1h"));
  }

  @Test
  void anEventDoesNotFollowItself() {
    Event event = at(START).placed(1, 0);

    assertFalse(event.follows(event, "1h"));
  }

  @Test
  void factsOfOneDocumentDoNotFollowEachOther() {
    Event registry = RegistryEvent.builder().timestamp(START).build().placed(7, 0);
    Event file = at(START).placed(7, 0);

    assertFalse(file.follows(registry, "1h"));
    assertFalse(registry.follows(file, "1h"));
  }

  @Test
  void atOneTimeTheHigherSequenceFollows() {
    Event lower = FileEvent.builder().timestamp(START).sequence(9L).build().placed(2, 0);
    Event higher = FileEvent.builder().timestamp(START).sequence(10L).build().placed(1, 0);

    assertTrue(higher.follows(lower, "0s"));
    assertFalse(lower.follows(higher, "0s"));
  }

  @Test
  void atOneTimeAnEventWithoutASequenceComesLast() {
    Event without = at(START).placed(1, 0);
    Event with = FileEvent.builder().timestamp(START).sequence(Long.MAX_VALUE).build().placed(2, 0);

    assertTrue(without.follows(with, "1h"));
    assertFalse(with.follows(without, "1h"));
  }

  @Test
  void atOneTimeAndSequenceTheLaterArrivalFollows() {
    Event first = at(START).placed(1, 0);
    Event second = at(START).placed(2, 0);

    assertTrue(second.follows(first, "1h"));
    assertFalse(first.follows(second, "1h"));
  }

  @Test
  void timeComesBeforeSequenceAndArrival() {
    Event earlier = FileEvent.builder().timestamp(START).sequence(10L).build().placed(2, 0);
    Event later =
        FileEvent.builder().timestamp(START.plusNanos(1)).sequence(1L).build().placed(1, 0);

    assertTrue(later.follows(earlier, "1h"));
  }

  @Test
  void theSpanIsThatOfTheTimestampsEvenIfTheStreamTimeWasRaised() {
    Event first = at(START);
    Event late =
        at(START.plusSeconds(60)).placed(5, at(START.plusSeconds(86_400)).getSessionTime());

    assertTrue(late.follows(first, "1m"));
  }

  private static Event at(Instant timestamp) {
    return FileEvent.builder().timestamp(timestamp).build();
  }
}
