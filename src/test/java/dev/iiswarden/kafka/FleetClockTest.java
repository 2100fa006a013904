package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.IisEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No sender's clock moves the time of other hosts, and no partition waits for ever. */
class FleetClockTest {
  private static final Instant START = IisEvents.START;
  private static final Instant MUCH_LATER = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant FAR = Instant.parse("2099-01-01T00:00:00Z");
  private static final String SEQUENCE = "registry-then-file";
  private static final int HOSTS = 20;

  @TempDir private Path state;

  private Fleet backlog(int partitions) {
    return new Fleet(state, MUCH_LATER, partitions, false);
  }

  private static Event ordinary(String host, long seconds) {
    return IisEvents.ordinary(host, START.plusSeconds(seconds));
  }

  /**
   * Twenty hosts are attacked in as many partitions as the fleet has. In between somebody does
   * something in each partition.
   */
  private static void attack(Fleet fleet, int partitions, Consumer<Integer> evil) {
    for (int host = 0; host < HOSTS; host++) {
      fleet.read(host % partitions, IisEvents.registration("r", "WEB" + host, START));
    }
    for (int partition = 0; partition < partitions; partition++) {
      for (int seconds = 10; seconds <= 60; seconds += 10) {
        fleet.read(partition, ordinary("OTHER", seconds));
      }
      evil.accept(partition);
      for (int seconds = 70; seconds <= 120; seconds += 10) {
        fleet.read(partition, ordinary("OTHER", seconds));
      }
    }
    for (int host = 0; host < HOSTS; host++) {
      Event drop = IisEvents.drop("d", "WEB" + host, START.plusSeconds(125));
      fleet.read(host % partitions, drop);
    }
    for (int partition = 0; partition < partitions; partition++) {
      for (int seconds = 130; seconds <= 400; seconds += 10) {
        fleet.read(partition, ordinary("OTHER", seconds));
        fleet.read(partition, ordinary("ANOTHER", seconds));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anIrrelevantRecordDatedFarAheadMovesNobodysTime(int partitions) {
    Fleet fleet = backlog(partitions);
    attack(fleet, partitions, at -> fleet.read(at, IisEvents.ordinary("EVIL", FAR)));
    assertEquals(HOSTS, fleet.alertsOf(SEQUENCE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void norDoesOneDatedTwoHoursAhead(int partitions) {
    Fleet fleet = backlog(partitions);
    attack(fleet, partitions, at -> fleet.read(at, ordinary("EVIL", 7_200)));
    assertEquals(HOSTS, fleet.alertsOf(SEQUENCE));
  }

  @Test
  void norDoesOneOnlyWhoseTimestampIsWrong() {
    Fleet fleet = backlog(1);
    attack(
        fleet,
        1,
        at -> {
          fleet.read(at, ordinary("EVIL", 65), FAR);
          fleet.read(at, ordinary("EVIL", 65), START.plusSeconds(7_200));
        });
    assertEquals(HOSTS, fleet.alertsOf(SEQUENCE));
  }

  @Test
  void norDoesOneOnlyWhoseEventIsWrong() {
    Fleet fleet = backlog(1);
    attack(
        fleet,
        1,
        at -> {
          fleet.read(at, IisEvents.ordinary("EVIL", FAR), START.plusSeconds(65));
          fleet.read(at, ordinary("EVIL", 7_200), START.plusSeconds(65));
        });
    assertEquals(HOSTS, fleet.alertsOf(SEQUENCE));
  }

  @Test
  void norDoRelevantRecords() {
    Fleet fleet = backlog(1);
    attack(
        fleet,
        1,
        at -> {
          fleet.read(at, IisEvents.registration("1", "EVIL", FAR));
          fleet.read(at, IisEvents.registration("2", "EVIL", START.plusSeconds(7_200)));
        });
    assertEquals(HOSTS, fleet.alertsOf(SEQUENCE));
  }

  @Test
  void norDoRecordsWithoutAHostOrAnEvent() {
    Fleet fleet = backlog(1);
    attack(
        fleet,
        1,
        at -> {
          fleet.read(at, IisEvents.load("1", null, START.plusSeconds(7_200)));
          fleet.read(at, null, FAR);
        });
    assertEquals(HOSTS, fleet.alertsOf(SEQUENCE));
  }

  @Test
  void norDoManyRecordsEachALittleFurtherAhead() {
    Fleet fleet = backlog(1);
    attack(
        fleet,
        1,
        at -> {
          for (int i = 1; i <= 100; i++) {
            fleet.read(at, ordinary("EVIL", 60 + i * 240L));
          }
        });
    assertEquals(HOSTS, fleet.alertsOf(SEQUENCE));
  }

  @Test
  void norDoesOneInALiveStreamThatArrivesLate() {
    Fleet fleet = new Fleet(state, START.plus(Duration.ofHours(3)), 1, false);
    attack(
        fleet,
        1,
        at -> {
          fleet.read(at, ordinary("EVIL", 7_200));
          fleet.passTime(Duration.ofSeconds(30));
        });
    assertEquals(HOSTS, fleet.alertsOf(SEQUENCE));
  }

  @Test
  void norDoesOneThatIsTheFirstOfAll() {
    Fleet fleet = backlog(1);
    fleet.read(0, IisEvents.ordinary("EVIL", FAR));
    attack(fleet, 1, at -> {});
    assertEquals(HOSTS, fleet.alertsOf(SEQUENCE));
  }

  @Test
  void norDoesOneThatIsReadWhenAProcessHasBeenStopped() {
    Fleet fleet = backlog(1);
    attack(
        fleet,
        1,
        at -> {
          fleet.stopFor(Duration.ofHours(3));
          fleet.read(at, ordinary("EVIL", 7_200));
        });
    assertEquals(HOSTS, fleet.alertsOf(SEQUENCE));
  }

  /** Records of another partition must not be released by it too early. */
  @Test
  void oneDatedHalfAnHourAheadReleasesNothingEarly() {
    Fleet fleet = backlog(2);
    for (String host : List.of("OTHER", "ANOTHER")) {
      fleet.read(0, ordinary(host, 0));
      fleet.read(1, ordinary(host, 0));
    }
    fleet.read(1, IisEvents.drop("d", "WEB01", START.plusSeconds(1_200)));
    for (String host : List.of("OTHER", "ANOTHER")) {
      fleet.read(1, ordinary(host, 3_600));
    }
    fleet.read(0, ordinary("EVIL", 1_800));
    fleet.read(0, IisEvents.registration("r", "WEB01", START.plusSeconds(600)));
    for (String host : List.of("OTHER", "ANOTHER")) {
      fleet.read(0, ordinary(host, 3_600));
    }
    assertEquals(1, fleet.alertsOf(SEQUENCE));
  }

  private static Detector detector(InMemorySink sink) {
    return Detector.builder().sink(sink).build();
  }

  private static List<String> undisturbed(List<Event> events) {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = detector(sink)) {
      events.forEach(detector::accept);
    }
    return sink.alerts().stream().map(Alert::id).sorted().toList();
  }

  /** One partition is read to the end before the other, in which half of each sequence is. */
  @Test
  void aBacklogOfMonthsIsJudgedInOrder() {
    Fleet fleet = backlog(2);
    List<Event> all = new ArrayList<>();
    List<Event> first = new ArrayList<>();
    List<Event> second = new ArrayList<>();
    for (int day = 0; day < 120; day++) {
      for (int host = 0; host < 3; host++) {
        Instant time = START.plus(Duration.ofDays(day)).plusSeconds(host * 300L);
        String id = day + "-" + host;
        Event registration = IisEvents.registration("r" + id, "WEB" + host, time);
        Event drop = IisEvents.drop("d" + id, "WEB" + host, time.plusSeconds(1_800));
        List<Event> events = List.of(registration, drop);
        all.addAll(events);
        first.add(events.get(day % 2));
        second.add(events.get(1 - day % 2));
      }
    }
    for (String host : List.of("OTHER", "ANOTHER")) {
      first.add(IisEvents.ordinary(host, START.plus(Duration.ofDays(121))));
      second.add(IisEvents.ordinary(host, START.plus(Duration.ofDays(121))));
    }
    first.forEach(event -> fleet.read(0, event));
    assertEquals(List.of(), fleet.alerts());
    second.forEach(event -> fleet.read(1, event));
    assertEquals(360, fleet.alertsOf(SEQUENCE));
    assertEquals(undisturbed(all), fleet.alerts());
  }

  @Test
  void aWeekendWithoutRecordsIsPassedOver() {
    Fleet fleet = backlog(1);
    for (Duration after : List.of(Duration.ZERO, Duration.ofHours(60))) {
      Instant time = START.plus(after);
      for (String host : List.of("WEB01", "WEB02")) {
        fleet.read(0, IisEvents.registration(host + after, host, time));
      }
      for (String host : List.of("WEB01", "WEB02")) {
        fleet.read(0, IisEvents.drop(host + after, host, time.plusSeconds(600)));
      }
    }
    for (String host : List.of("OTHER", "ANOTHER")) {
      fleet.read(0, IisEvents.ordinary(host, START.plus(Duration.ofHours(61))));
    }
    assertEquals(4, fleet.alertsOf(SEQUENCE));
  }

  @Test
  void whatBrokersDateIsBelievedOfASingleHost() {
    Fleet fleet = new Fleet(state, MUCH_LATER, 1, true);
    fleet.read(0, IisEvents.registration("r", "WEB01", START));
    fleet.read(0, IisEvents.drop("d", "WEB01", START.plusSeconds(600)));
    fleet.read(0, ordinary("WEB01", 1_200));
    assertEquals(1, fleet.alertsOf(SEQUENCE));
  }

  /** The wall clock and the host go on together. */
  private static void live(Fleet fleet, String host, Duration span) {
    for (Instant end = fleet.now().plus(span); fleet.now().isBefore(end); ) {
      fleet.read(0, IisEvents.ordinary(host, fleet.now()));
      fleet.passTime(Duration.ofSeconds(10));
    }
  }

  @Test
  void aSingleLiveHostIsNotHeldUp() {
    Fleet fleet = new Fleet(state, START, 1, false);
    fleet.read(0, IisEvents.registration("r", "WEB01", fleet.now()));
    live(fleet, "WEB01", Duration.ofMinutes(10));
    fleet.read(0, IisEvents.drop("d", "WEB01", fleet.now()));
    live(fleet, "WEB01", Duration.ofMinutes(1));
    assertEquals(1, fleet.alertsOf(SEQUENCE));
    live(fleet, "WEB01", Duration.ofHours(3));
    fleet.read(0, IisEvents.registration("r2", "WEB01", fleet.now()));
    fleet.passTime(Duration.ofSeconds(10));
    fleet.read(0, IisEvents.drop("d2", "WEB01", fleet.now()));
    live(fleet, "WEB01", Duration.ofMinutes(1));
    assertEquals(2, fleet.alertsOf(SEQUENCE));
  }

  @Test
  void theBacklogOfASingleHostIsJudgedWhenThePartitionIsIdle() {
    Fleet fleet = backlog(1);
    fleet.read(0, IisEvents.registration("r", "WEB01", START));
    fleet.read(0, IisEvents.drop("d", "WEB01", START.plusSeconds(3_000)));
    assertEquals(0, fleet.alertsOf(SEQUENCE));
    fleet.passTime(Duration.ofMinutes(2));
    assertEquals(1, fleet.alertsOf(SEQUENCE));
  }

  @Test
  void theBacklogOfASingleHostIsJudgedWhenTheHostHasCaughtUp() {
    Fleet fleet = backlog(1);
    fleet.read(0, IisEvents.registration("r", "WEB01", START));
    fleet.read(0, IisEvents.drop("d", "WEB01", START.plusSeconds(3_000)));
    live(fleet, "WEB01", Duration.ofMinutes(3));
    assertEquals(1, fleet.alertsOf(SEQUENCE));
  }

  @Test
  void aPartitionInWhichNoRecordNamesAHostHoldsUpNobody() {
    Fleet fleet = new Fleet(state, START, 2, false);
    fleet.read(1, IisEvents.registration("r", "WEB01", START));
    for (int seconds = 0; seconds < 600; seconds += 10) {
      fleet.read(0, null, fleet.now());
      fleet.read(1, IisEvents.ordinary("OTHER", fleet.now()));
      fleet.read(1, IisEvents.ordinary("ANOTHER", fleet.now()));
      fleet.passTime(Duration.ofSeconds(10));
    }
    assertTrue(fleet.alertsOf("registration-registry") > 0, fleet.alerts()::toString);
  }
}
