package dev.iiswarden;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.IisEvents.ordinary;
import static dev.iiswarden.testing.IisEvents.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.decode.Outcome;
import dev.iiswarden.event.Event;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.EcsLines;
import dev.iiswarden.testing.ExpectedAlert;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorTest {
  private static final Rules RULES = Rules.baseQuery();
  private static final ExpectedAlert SEQUENCE =
      new ExpectedAlert("registry-then-file", "WEB", List.of("r", "f"));

  private final InMemorySink sink = new InMemorySink();
  private final DetectorBuilder builder = Detector.builder().rules(RULES).sink(sink);

  @Test
  void withoutLatenessEachEventIsJudgedAtOnce() {
    try (Detector detector = builder.lateness(Duration.ZERO).build()) {
      detector.accept(registration("r", "WEB", START));
      detector.accept(drop("f", "WEB", START.plusSeconds(1)));
      assertEquals(List.of(SEQUENCE), raised());
    }
  }

  @Test
  void aLaterEventOfTheHostReleasesThoseThatWait() {
    try (Detector detector = builder.lateness(Duration.ofSeconds(30)).build()) {
      detector.accept(drop("f", "WEB", START.plusSeconds(10)));
      detector.accept(registration("r", "WEB", START));
      detector.accept(ordinary("WEB", START.plusSeconds(40)));
      assertEquals(List.of(), raised());
      detector.accept(ordinary("WEB", START.plusSeconds(41)));
      assertEquals(List.of(SEQUENCE), raised());
    }
  }

  @Test
  void anotherHostsClockReleasesNothing() {
    try (Detector detector = builder.build()) {
      detector.accept(load("l", "WEB", START));
      detector.accept(ordinary("OTHER", START.plusSeconds(1_000_000)));
      assertEquals(List.of(), raised());
      assertEquals(1, detector.counters().waiting());
    }
  }

  @Test
  void flushReleasesAll() {
    try (Detector detector = builder.build()) {
      detector.accept(registration("r", "WEB", START));
      detector.accept(drop("f", "WEB", START.plusSeconds(1)));
      detector.flush();
      assertEquals(List.of(SEQUENCE), raised());
    }
  }

  @Test
  void flushKeepsWhatARuleWaitsFor() {
    try (Detector detector = builder.build()) {
      detector.accept(registration("r", "WEB", START));
      detector.flush();
      detector.accept(drop("f", "WEB", START.plusSeconds(600)));
      detector.flush();
      assertEquals(List.of(SEQUENCE), raised());
    }
  }

  @Test
  void closeReleasesAll() {
    try (Detector detector = builder.build()) {
      detector.accept(load("l", "WEB", START));
    }
    assertEquals(List.of(new ExpectedAlert("w3wp-module-load", "WEB", List.of("l"))), raised());
  }

  @Test
  void anEventLaterThanTheLatenessIsStillJudgedAndCounted() {
    try (Detector detector = builder.lateness(Duration.ofSeconds(30)).build()) {
      detector.accept(registration("r", "WEB", START));
      detector.accept(ordinary("WEB", START.plusSeconds(100)));
      detector.accept(drop("f", "WEB", START.plusSeconds(10)));
      assertEquals(List.of(SEQUENCE), raised());
      assertEquals(1, detector.counters().late());
    }
  }

  @Test
  void theDefaultLatenessIs35Seconds() {
    try (Detector detector = builder.build()) {
      detector.accept(load("l", "WEB", START));
      detector.accept(ordinary("WEB", START.plusSeconds(35)));
      assertEquals(List.of(), raised());
      detector.accept(ordinary("WEB", START.plusSeconds(35).plusMillis(1)));
      assertEquals(1, raised().size());
    }
  }

  @Test
  void aHostWithNothingOpenIsForgotten() {
    try (Detector detector = builder.build()) {
      detector.accept(registration("r", "WEB", START));
      assertEquals(1, detector.counters().openHosts());
      detector.accept(ordinary("WEB", START.plusSeconds(100)));
      assertEquals(1, detector.counters().openFacts());
      detector.accept(ordinary("WEB", START.plus(Duration.ofHours(2))));
      // A single event may be wrong about the time.
      assertEquals(1, detector.counters().openHosts());
      detector.accept(ordinary("WEB", START.plus(Duration.ofHours(2)).plusSeconds(1)));
      assertEquals(0, detector.counters().openHosts());
      assertEquals(0, detector.counters().openFacts());
    }
  }

  @Test
  void ordinaryEventsOpenNothing() {
    try (Detector detector = builder.build()) {
      detector.accept(ordinary("WEB", START));
      assertEquals(Counters.builder().events(1).build(), detector.counters());
    }
  }

  @Test
  void countersTellWhatHasBeenSeen() {
    List<Decoded.Malformed> malformed = new ArrayList<>();
    try (Detector detector = builder.onMalformed(malformed::add).build()) {
      detector.accept(Decoded.nothing());
      detector.accept(Decoded.malformed("not a JSON object", 7, 1));
      detector.accept(registration("r", "WEB", START));
      detector.accept(Decoded.of(drop("f", "WEB", START.plusSeconds(1))));
      detector.accept(ordinary("WEB", START.plusSeconds(60)));
      Counters counters = detector.counters();
      Duration judging = counters.judging();
      Duration delivery = counters.delivery();
      assertEquals(
          Counters.builder()
              .events(5)
              .relevant(2)
              .alerts(1)
              .notOfInterest(1)
              .malformed(1)
              .judging(judging)
              .delivery(delivery)
              .build(),
          counters);
      assertTrue(judging.toNanos() > 0 && delivery.toNanos() > 0);
    }
    assertEquals(
        List.of("line 7: column 1: not a JSON object"),
        malformed.stream().map(Decoded.Malformed::toString).toList());
  }

  @Test
  void everyRecordIsAccountedFor() {
    List<Outcome> handled = new ArrayList<>();
    try (Detector detector = builder.onMalformed(lost -> handled.add(lost.outcome())).build()) {
      detector.accept(
          Decoded.ofRecords(
              List.of(
                  Decoded.unrecognised("no event", 1),
                  Decoded.of(ordinary("WEB", START)),
                  Decoded.withoutTime("no time", 1),
                  Decoded.nothing())));
      detector.accept(Decoded.malformed("cut", 2, 0));
      detector.accept(Decoded.unrecognised("no event", 3));
      assertEquals(
          Counters.builder()
              .events(6)
              .notOfInterest(1)
              .unrecognised(2)
              .withoutTime(1)
              .malformed(1)
              .build(),
          detector.counters());
    }
    assertEquals(
        List.of(Outcome.UNRECOGNISED, Outcome.NO_TIME, Outcome.MALFORMED, Outcome.UNRECOGNISED),
        handled);
  }

  @Test
  void anEventWithoutAHostOrWithAnImplausibleTimeIsJudgedAndCounted() {
    Instant now = Instant.parse("2026-03-01T00:00:00Z");
    try (Detector detector =
        builder.lateness(Duration.ZERO).mostAhead(Duration.ofDays(1), () -> now).build()) {
      detector.accept(load("homeless", null, now));
      detector.accept(load("old", "OLD", Detector.OLDEST_PLAUSIBLE.minusNanos(1)));
      detector.accept(load("oldest", "WEB", Detector.OLDEST_PLAUSIBLE));
      detector.accept(
          Decoded.of(load("ahead", "AHEAD", now.plus(Duration.ofDays(1)).plusSeconds(1))));
      Counters counters = detector.counters();
      assertEquals(1, counters.withoutHost());
      assertEquals(1, counters.pastDated());
      assertEquals(1, counters.futureDated());
      assertEquals(4, counters.alerts());
      assertEquals(4, counters.events());
    }
  }

  @Test
  void theHandlerGetsTheRecordAndItsPlace() throws IOException {
    List<Decoded.Malformed> lost = new ArrayList<>();
    String text = EcsLines.load("l", "WEB", START) + "\n{\"cut\": tru\n";
    try (Detector detector = builder.onMalformed(lost::add).build();
        LogReader log =
            LogReader.of(
                "web.log", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      for (LogRecord record = log.next(); record != null; record = log.next()) {
        detector.accept(EventDecoders.auto().decode(record));
      }
      assertEquals(2, detector.counters().events());
    }
    assertEquals(1, lost.size());
    assertEquals("web.log", lost.get(0).log());
    assertEquals(2, lost.get(0).line());
    assertEquals("{\"cut\": tru", lost.get(0).record());
  }

  @Test
  void timesBefore1970AreTimesLikeAnyOther() {
    Instant past = Instant.parse("1969-12-31T23:30:00Z");
    try (Detector detector = builder.build()) {
      detector.accept(registration("r", "WEB", past));
      detector.accept(drop("f", "WEB", past.plus(Duration.ofHours(1))));
      detector.accept(registration("r2", "WEB", past.plus(Duration.ofHours(2))));
      detector.accept(drop("f2", "WEB", past.plus(Duration.ofHours(3)).plusNanos(1)));
    }
    assertEquals(List.of(SEQUENCE), raised());
  }

  @Test
  void nothingLongBefore1970IsHeldForLong() {
    Instant past = Instant.parse("1901-01-01T00:00:00Z");
    try (Detector detector = builder.build()) {
      detector.accept(registration("r", "WEB", past));
      detector.accept(ordinary("WEB", past.plus(Duration.ofHours(2))));
      detector.accept(ordinary("WEB", past.plus(Duration.ofHours(2)).plusSeconds(1)));
      assertEquals(0, detector.counters().openHosts());
    }
  }

  @Test
  void aClosedDetectorTakesNothing() {
    Detector detector = builder.build();
    detector.close();
    detector.close();
    Event event = ordinary("WEB", START);
    assertThrows(IllegalStateException.class, () -> detector.accept(event));
    assertThrows(IllegalStateException.class, () -> detector.accept(Decoded.nothing()));
    assertThrows(IllegalStateException.class, detector::flush);
  }

  @Test
  void latenessCannotBeNegative() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> builder.lateness(Duration.ofSeconds(-1)));
    assertEquals("lateness PT-1S is not between zero and 10,000 days", error.getMessage());
  }

  private List<ExpectedAlert> raised() {
    return sink.alerts().stream().map(ExpectedAlert::of).toList();
  }
}
