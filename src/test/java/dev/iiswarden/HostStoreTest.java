package dev.iiswarden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

  private final Map<String, byte[]> kept = new HashMap<>();
  private final List<String> saves = new ArrayList<>();
  private final HostStore store =
      new HostStore() {
        @Override
        public byte @Nullable [] load(String key) {
          return kept.get(key);
        }

        @Override
        public void save(String key, byte @Nullable [] state) {
          saves.add(key);
          if (state == null) {
            kept.remove(key);
          } else {
            kept.put(key, state);
          }
        }
      };
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
    assertEquals(Set.of("web01"), kept.keySet());
  }

  @Test
  void whatIsOverIsKeptNoLonger() {
    try (Detector detector = detector()) {
      INTRUSION.forEach(detector::accept);
      detector.elapse("web01", Duration.ofDays(3));
    }
    assertEquals(Map.of(), kept);
    assertEquals(undisturbed(), ids());
  }

  @Test
  void eventsThatChangeNothingAreNotSaved() {
    Decoded ordinary = Story.begin().wrote("C:\\a.txt").records().get(0);
    try (Detector detector = detector()) {
      detector.accept(ordinary);
      assertEquals(List.of(), saves);
      detector.accept(INTRUSION.get(0));
      assertEquals(List.of("web01"), saves);
      Event event = ordinary.events().get(0);
      detector.advanceTo(event.getHost(), event.getTimestamp().plusSeconds(1));
      detector.accept(ordinary);
      assertEquals(List.of("web01"), saves);
      detector.advanceTo(event.getHost(), event.getTimestamp().plusSeconds(60));
      assertEquals(List.of("web01", "web01"), saves);
    }
    assertTrue(sink.alerts().size() > 0);
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
