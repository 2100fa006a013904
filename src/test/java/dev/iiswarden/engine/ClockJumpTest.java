package dev.iiswarden.engine;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.IisEvents.ordinary;
import static dev.iiswarden.testing.IisEvents.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.Detector;
import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A single event with a wrong time takes no alert away from its host. */
class ClockJumpTest {
  private static final int RUNS = Integer.getInteger("clock.jumps", 100);
  private static final List<String> SEQUENCE = List.of("registry-then-file [r, d]");

  private InMemorySink sink = new InMemorySink();
  private Instant present = START.plus(Duration.ofDays(300));

  private DetectorBuilder builder(Duration lateness) {
    return Detector.builder()
        .rules(Rules.baseQuery())
        .lateness(lateness)
        .mostAhead(Duration.ofDays(1), () -> present)
        .sink(sink);
  }

  private List<String> raised() {
    return sink.alerts().stream()
        .map(
            alert ->
                alert.rule().id()
                    + " "
                    + alert.evidence().stream().map(event -> event.getEvent().getId()).toList())
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "PT23H, PT0S",
    "PT23H, PT35S",
    "PT61M, PT0S",
    "PT61M, PT35S",
    "P200D, PT0S",
    "P200D, PT35S",
    "PT90M, PT10M",
    "-P700D, PT35S"
  })
  void anEventThatIsWrongAboutTheTimeSeparatesNoSequence(Duration wrong, Duration lateness) {
    List<Event> sequence =
        List.of(registration("r", "WEB01", START), drop("d", "WEB01", START.plusSeconds(10)));
    List<Event> poisons =
        List.of(
            ordinary("WEB01", START.plus(wrong)),
            ordinary("web01.corp.example", START.plus(wrong)),
            drop("poison", "WEB01", START.plus(wrong)),
            registration("poison", "WEB01", START.plus(wrong)));
    boolean believable = wrong.compareTo(Duration.ofDays(1)) < 0;
    // Beyond a day an event counts as of its arrival, so a relevant one takes part at the
    // beginning.
    for (Event poison : believable ? poisons : poisons.subList(0, 2)) {
      for (int at = 0; at <= 2; at++) {
        sink = new InMemorySink();
        // A host of which nothing is known yet can only be compared with the present.
        present = at == 0 ? START.plusSeconds(20) : START.plus(Duration.ofDays(300));
        List<Event> stream = new ArrayList<>(sequence);
        stream.add(at, poison);
        try (Detector detector = builder(lateness).build()) {
          stream.forEach(detector::accept);
        }
        assertEquals(SEQUENCE, raised(), poison + " at " + at);
      }
    }
  }

  @Test
  void anEventThatTheNextOneRefutesIsCountedAndDelaysNothing() {
    try (Detector detector = builder(Duration.ofSeconds(35)).build()) {
      detector.accept(registration("r", "WEB01", START));
      detector.accept(load("l", "WEB01", START.plus(Duration.ofHours(20))));
      detector.accept(ordinary("WEB01", START.plusSeconds(1)));
      assertEquals(List.of("w3wp-module-load [l]"), raised());
      assertEquals(1, detector.counters().futureDated());
      detector.accept(ordinary("WEB01", START.plusSeconds(2)));
      assertEquals(1, detector.counters().futureDated());
    }
    assertEquals(List.of("w3wp-module-load [l]"), raised(), "not raised again in its turn");
  }

  @Test
  void aSecondEventConfirmsTheFirst() {
    try (Detector detector = builder(Duration.ofSeconds(35)).build()) {
      detector.accept(registration("r", "WEB01", START));
      detector.accept(ordinary("WEB01", START.plus(Duration.ofHours(3))));
      assertEquals(1, detector.counters().openHosts());
      detector.accept(ordinary("WEB01", START.plus(Duration.ofMinutes(178))));
      assertEquals(0, detector.counters().openHosts());
      assertEquals(0, detector.counters().futureDated());
    }
  }

  @Test
  void ofTwoThatDisagreeTheEarlierIsBelieved() {
    List<Event> wrong =
        List.of(
            ordinary("WEB01", START.plus(Duration.ofHours(9))),
            ordinary("WEB01", START.plus(Duration.ofMinutes(20))),
            ordinary("WEB01", START.plus(Duration.ofHours(8))));
    try (Detector detector = builder(Duration.ofSeconds(35)).build()) {
      detector.accept(registration("r", "WEB01", START));
      wrong.forEach(detector::accept);
      assertEquals(1, detector.counters().futureDated());
      detector.accept(drop("d", "WEB01", START.plus(Duration.ofMinutes(20))));
    }
    assertEquals(SEQUENCE, raised());
  }

  @Test
  void theSameTimeTwiceMayBeTheSameRecordTwice() {
    try (Detector detector = builder(Duration.ZERO).build()) {
      detector.accept(registration("r", "WEB01", START));
      detector.accept(ordinary("WEB01", START.plus(Duration.ofHours(3))));
      detector.accept(ordinary("WEB01", START.plus(Duration.ofHours(3))));
      detector.accept(drop("d", "WEB01", START.plusSeconds(10)));
    }
    assertEquals(SEQUENCE, raised());
  }

  @Test
  void timeThatReallyPassesConfirmsAsWell() {
    try (Detector detector = builder(Duration.ofSeconds(35)).build()) {
      present = START;
      detector.accept(registration("r", "WEB01", START));
      present = START.plus(Duration.ofHours(3));
      detector.accept(ordinary("WEB01", present));
      assertEquals(0, detector.counters().openHosts());
    }
  }

  @Test
  void theApplicationsWordConfirmsTheTimeUpToThePresent() {
    try (Detector detector = builder(Duration.ofSeconds(35)).build()) {
      present = START.plus(Duration.ofHours(3));
      detector.accept(registration("r", "WEB01", START));
      detector.accept(load("now", "WEB01", present));
      detector.accept(registration("r", "WEB02", START));
      detector.accept(load("later", "WEB02", present.plus(Duration.ofHours(1))));
      assertEquals(List.of(), raised());
      detector.advanceTo(present.plusSeconds(60));
      assertEquals(List.of("w3wp-module-load [later]", "w3wp-module-load [now]"), raised());
      assertEquals(1, detector.counters().futureDated());
      assertEquals(1, detector.counters().waiting());
    }
    assertEquals(2, raised().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT35S"})
  void withoutDoubtNothingIsHeldBack(Duration lateness) {
    Instant later = START.plus(Duration.ofMinutes(50));
    try (Detector detector = builder(lateness).build()) {
      detector.accept(registration("r", "WEB01", START));
      detector.accept(drop("d", "WEB01", later));
      if (lateness.isZero()) {
        // An application without lateness gets each alert as its event is accepted.
        assertEquals(SEQUENCE, raised());
      }
      detector.accept(ordinary("WEB01", later.plusSeconds(100)));
      detector.accept(ordinary("WEB01", later.plusSeconds(101)));
      assertEquals(SEQUENCE, raised());
    }
    assertEquals(SEQUENCE, raised());
  }

  @Test
  void wrongClocksChangeNothingWhereverTheyCome() throws IOException {
    Random random = new Random(1505);
    for (int run = 0; run < RUNS; run++) {
      List<Event> stream = new ArrayList<>();
      Instant time = START;
      for (int i = 0; i < 12; i++) {
        time = time.plusSeconds(1 + random.nextInt(200));
        String id = String.valueOf(i);
        stream.add(
            random.nextBoolean() ? registration(id, "WEB01", time) : drop(id, "WEB01", time));
      }
      List<String> expected = play(stream, random, 0);
      for (int poisons = random.nextInt(5); poisons >= 0; poisons--) {
        int wrong = 1 + random.nextInt(20_000);
        int at = random.nextInt(stream.size() + 1);
        // Two of them next to each other are two witnesses.
        if ((at == 0 || isTrue(stream.get(at - 1)))
            && (at == stream.size() || isTrue(stream.get(at)))) {
          stream.add(at, ordinary("WEB01", time.plus(Duration.ofMinutes(60L + wrong))));
        }
      }
      assertEquals(expected, play(stream, random, 3), "run " + run);
    }
  }

  private static boolean isTrue(Event event) {
    return event.getEvent().getId() != null;
  }

  private List<String> play(Collection<Event> stream, Random random, int restarts)
      throws IOException {
    sink = new InMemorySink();
    Duration lateness = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(35);
    Detector detector = builder(lateness).build();
    for (Event event : stream) {
      detector.accept(event);
      if (random.nextInt(10) < restarts) {
        ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
        detector.snapshot(snapshot);
        detector = builder(lateness).build();
        detector.restore(new ByteArrayInputStream(snapshot.toByteArray()));
      }
    }
    detector.close();
    return raised();
  }
}
