package dev.iiswarden.engine;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.IisEvents.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events dated in the future and hosts that fall silent: no clock can be trusted. */
class FutureTimeTest {
  private static final Instant FUTURE = Instant.parse("2099-01-01T00:00:00Z");
  private static final Instant NOW = START.plusSeconds(10);

  private final InMemorySink sink = new InMemorySink();

  private DetectorBuilder builder() {
    return Detector.builder()
        .rules(Rules.baseQuery())
        .lateness(Duration.ofSeconds(30))
        .mostAhead(Duration.ofHours(1), InstantSource.fixed(NOW))
        .sink(sink);
  }

  @Test
  void anEventOfTheFarFutureDoesNotRunItsHostsClockAhead() {
    try (Detector detector = builder().build()) {
      detector.accept(registration("r", "WEB01", START));
      detector.accept(load("future", "WEB01", FUTURE));
      assertEquals(1, detector.counters().futureDated());
      detector.accept(drop("d", "WEB01", START.plusSeconds(5)));
      assertEquals(0, detector.counters().late());
    }
    assertEquals(2, sink.alerts().size());
  }

  @Test
  void itIsJudgedAsIfItHadJustHappened() {
    try (Detector detector = builder().build()) {
      detector.accept(registration("r", "WEB01", START));
      detector.accept(drop("d", "WEB01", FUTURE));
    }
    // The drop is evaluated at the time of its host's latest event and ordered after it, so the
    // sequence matches.
    assertEquals(1, sink.alerts().size());
    Alert alert = sink.alerts().get(0);
    assertEquals(START, alert.timestamp());
    assertEquals(FUTURE, alert.evidence().get(1).getReportedTimestamp());
    assertTrue(
        alert.toJson().contains("\"labels\":{\"reported_timestamp\":\"2099-01-01T00:00:00Z\"}"),
        alert::toJson);
  }

  @Test
  void ofAHostThatNobodyKnowsItCountsAsOfItsArrival() {
    try (Detector detector = builder().build()) {
      detector.accept(load("l", "WEB01", FUTURE));
    }
    assertEquals(NOW, sink.alerts().get(0).timestamp());
  }

  @Test
  void theAlertsIdDoesNotDependOnWhenItCame() {
    for (Duration later : List.of(Duration.ZERO, Duration.ofDays(3))) {
      try (Detector detector =
          builder().mostAhead(Duration.ofHours(1), InstantSource.fixed(NOW.plus(later))).build()) {
        detector.accept(load("l", "WEB01", FUTURE));
      }
    }
    assertEquals(sink.alerts().get(0).id(), sink.alerts().get(1).id());
  }

  @Test
  void whatIsDatedAheadByNoMoreThanAllowedIsBelieved() {
    try (Detector detector = builder().build()) {
      detector.accept(load("l", "WEB01", NOW.plusSeconds(3600)));
      assertEquals(0, detector.counters().futureDated());
      detector.accept(load("m", "WEB02", NOW.plusSeconds(3601)));
      assertEquals(1, detector.counters().futureDated());
    }
    assertEquals(
        List.of(NOW, NOW.plusSeconds(3600)),
        sink.alerts().stream().map(Alert::timestamp).sorted().toList());
  }

  @Test
  void timeMayBeLetPassOnHostsThatHaveFallenSilent() {
    try (Detector detector = builder().build()) {
      detector.accept(load("l", "WEB01", START));
      detector.accept(registration("r", "WEB02", START));
      detector.advanceTo(START.plusSeconds(30));
      assertEquals(List.of(), sink.alerts());
      detector.advanceTo(START.plusSeconds(31));
      assertEquals(1, sink.alerts().size());
      assertFalse(detector.counters().openHosts() == 0);
      detector.advanceTo(START.plusSeconds(3_700));
      assertEquals(0, detector.counters().openHosts());
    }
  }

  @Test
  void howFarAheadIsNotNegative() {
    assertThrows(
        IllegalArgumentException.class,
        () -> builder().mostAhead(Duration.ofSeconds(-1), InstantSource.system()));
  }
}
