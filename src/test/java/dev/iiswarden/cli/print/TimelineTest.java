package dev.iiswarden.cli.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {

  @ParameterizedTest
  @CsvSource({
    "0 10, 1─────────2",
    "0 5 10, 1────2────3",
    "0 9 10, 1────────23",
    "0 1 100, 12────────3",
    "0 99 100, 1────────23",
    "0 98 99 100, 1───────234",
    "10 0, 2─────────1",
    "0 0, 12─────────",
    "0 0 0, 123────────",
    "5 0 10, 2────1────3"
  })
  void eventsAreMarkedToScaleAndNoneHidesAnother(String seconds, String track) {
    assertEquals(track, of(seconds).track(11));
  }

  @Test
  void moreEventsThanColumnsMakeItLonger() {
    String seconds = "0 ".repeat(12).strip();
    assertEquals("123456789●●●", of(seconds).track(5));
  }

  @Test
  void offsetsAreFromTheEarliest() {
    Timeline timeline = of("10 4 6");
    assertEquals(Duration.ofSeconds(6), timeline.offset(0));
    assertEquals(Duration.ZERO, timeline.offset(1));
    assertEquals(Duration.ofSeconds(6), timeline.span());
  }

  private static Timeline of(String seconds) {
    return new Timeline(
        Arrays.stream(seconds.split(" ", -1))
            .map(second -> Instant.EPOCH.plusSeconds(Long.parseLong(second)))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.0004S, 0ms",
    "PT0.355S, 355ms",
    "PT42.414S, 42.4s",
    "PT59.999S, 59.9s",
    "PT1M, 1m00s",
    "PT59M59.9S, 59m59s",
    "PT1H2M, 1h02m",
    "P1DT3H, 1d03h",
    "P40D, 40d00h"
  })
  void durationsAreSaidShortly(Duration duration, String said) {
    assertEquals(said, Timeline.say(duration));
  }

  @Test
  void theTrackIsAsLongAsAsked() {
    IntStream.range(2, 60)
        .forEach(columns -> assertEquals(columns, of("0 7").track(columns).length()));
  }
}
