package dev.iiswarden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.IisEvents;
import dev.iiswarden.testing.MemoryHostStore;
import dev.iiswarden.testing.Story;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is open of a host can be kept outside of the detector. */
class HostStoreTest {
  private static final List<String> LINES =
      Story.begin()
          .started(Story.APPCMD, "appcmd install module /name:E /image:C:\\e.dll")
          .wrote("C:\\inetpub\\e.dll")
          .loaded("C:\\inetpub\\e.dll")
          .wrote("C:\\Windows\\System32\\inetsrv\\f.dll")
          .loaded("C:\\Windows\\System32\\inetsrv\\f.dll")
          .lines();

  private static final List<Decoded> INTRUSION = decoded("WEB01");

  private final MemoryHostStore store = new MemoryHostStore();
  private final InMemorySink sink = new InMemorySink();

  private static List<Decoded> decoded(String host) {
    return LINES.stream()
        .map(line -> EventDecoders.auto().decode(line.replace("WEB01", host)))
        .toList();
  }

  private Detector detector() {
    return Detector.builder().hostStore(store).sink(sink).build();
  }

  private static List<String> undisturbed() {
    InMemorySink all = new InMemorySink();
    try (Detector detector = Detector.builder().sink(all).build()) {
      INTRUSION.forEach(detector::accept);
    }
    return all.alerts().stream().map(Alert::id).sorted().toList();
  }

  private List<String> ids() {
    return sink.alerts().stream().map(Alert::id).sorted().toList();
  }

  @Test
  void aDetectorForEveryRecordSaysTheSame() {
    for (Decoded record : INTRUSION) {
      try (Detector detector = detector()) {
        detector.accept(record);
      }
    }
    try (Detector last = detector()) {
      last.elapse("web01", Duration.ofMinutes(1));
    }
    assertTrue(undisturbed().size() > 3);
    assertEquals(undisturbed(), ids());
  }

  @Test
  void closingJudgesNothingThatWaits() {
    try (Detector detector = detector()) {
      detector.accept(INTRUSION.get(0));
    }
    assertEquals(List.of(), sink.alerts());
    assertEquals(List.of("web01"), store.hosts());
  }

  @Test
  void whatIsOverIsKeptNoLonger() {
    try (Detector detector = detector()) {
      INTRUSION.forEach(detector::accept);
      detector.elapse("web01", Duration.ofDays(3));
    }
    assertEquals(List.of(), store.hosts());
    assertEquals(undisturbed(), ids());
  }

  @Test
  void aHostOfWhichOnlyItsLastActionsAreRememberedLeavesTheStore() {
    try (Detector detector =
        Detector.builder()
            .rules(Rules.baseQuery())
            .lateness(Duration.ZERO)
            .hostStore(store)
            .build()) {
      List<Decoded> records = Story.begin().wrote("C:\\inetpub\\e.dll").records();
      detector.accept(records.get(0));
      assertEquals(List.of("web01"), store.hosts());
      Event event = records.get(0).events().get(0);
      detector.advanceTo(event.getHost(), event.getTimestamp().plusSeconds(5));
      assertEquals(0, detector.counters().openFacts());
      detector.advanceTo(event.getHost(), event.getTimestamp().plusSeconds(60));
      assertEquals(0, detector.counters().openHosts());
      assertEquals(List.of(), store.hosts());
    }
  }

  @Test
  void eventsThatChangeNothingAreNotSaved() {
    Decoded ordinary = Story.begin().wrote("C:\\a.txt").records().get(0);
    try (Detector detector = detector()) {
      detector.accept(ordinary);
      assertEquals(List.of(), store.saves());
      detector.accept(INTRUSION.get(0));
      assertEquals(List.of("web01"), store.saves());
      Event event = ordinary.events().get(0);
      detector.advanceTo(event.getHost(), event.getTimestamp().plusSeconds(1));
      detector.accept(ordinary);
      assertEquals(List.of("web01"), store.saves());
      detector.advanceTo(event.getHost(), event.getTimestamp().plusSeconds(60));
      assertEquals(List.of("web01", "web01"), store.saves());
    }
    assertTrue(sink.alerts().size() > 0);
  }

  @Test
  void aFloodWritesEachRecordOnceAndNoLargeParts() {
    Event event = IisEvents.registration("r", "WEB01", IisEvents.START);
    try (Detector detector = detector()) {
      for (int i = 0; i < 2_000; i++) {
        detector.accept(event);
      }
      assertEquals(2_000, detector.counters().waiting());
    }
    assertTrue(store.largest() < 2_000, "bytes a part: " + store.largest());
    assertTrue(store.written() < 2_000 * 3_000, "bytes in all: " + store.written());
    try (Detector detector = detector()) {
      detector.elapse("web01", Duration.ofDays(3));
    }
    assertEquals(List.of(), store.hosts());
  }

  @Test
  void aPartThatWasDamagedIsRefused() {
    try (Detector detector = detector()) {
      detector.accept(INTRUSION.get(0));
    }
    for (byte[] part : List.copyOf(store.parts("web01").values())) {
      for (int bit = 0; bit < part.length * 8; bit += 5) {
        part[bit / 8] ^= (byte) (1 << bit % 8);
        Detector detector = detector();
        UncheckedIOException refusal =
            assertThrows(UncheckedIOException.class, () -> detector.accept(INTRUSION.get(1)));
        assertTrue(
            String.valueOf(refusal.getMessage())
                .matches("cannot read the stored state of host web01: part .*: it is damaged: .*"),
            refusal::getMessage);
        part[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
  }

  @Test
  void theHourlyLimitsSurviveTheDetector() {
    InMemorySink heldBack = new InMemorySink();
    for (int run = 0; run < 5; run++) {
      try (Detector detector =
          Detector.builder()
              .hostStore(store)
              .lateness(Duration.ZERO)
              .mostAlertsPerHour(100, 3)
              .sink(sink)
              .suppressedSink(heldBack)
              .build()) {
        detector.accept(IisEvents.load("l" + run, "WEB01", IisEvents.START.plusSeconds(run)));
      }
    }
    assertEquals(2, heldBack.alerts().stream().filter(HostStoreTest::isOfTheBaseQuery).count());
  }

  private static boolean isOfTheBaseQuery(Alert alert) {
    return alert.rule().id().equals("w3wp-module-load");
  }

  @Test
  void hostsAboveTheCeilingLeaveTheMemoryAndNothingElse() {
    try (Detector detector =
        Detector.builder()
            .hostStore(store)
            .lateness(Duration.ZERO)
            .mostOpenHosts(1)
            .sink(sink)
            .build()) {
      List<List<Decoded>> hosts = new ArrayList<>();
      for (int host = 0; host < 40; host++) {
        hosts.add(decoded("WEB" + host));
      }
      for (int record = 0; record < INTRUSION.size(); record++) {
        for (List<Decoded> host : hosts) {
          detector.accept(host.get(record));
        }
      }
      assertTrue(detector.counters().openHosts() < 40);
      assertEquals(0, detector.counters().dropped());
    }
    assertEquals(40 * undisturbed().size(), sink.alerts().size());
  }
}
