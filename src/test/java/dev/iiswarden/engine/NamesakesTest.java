package dev.iiswarden.engine;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.ordinary;
import static dev.iiswarden.testing.IisEvents.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.MemoryHostStore;
import dev.iiswarden.testing.WindowsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that share a short name: in domains that exist, and in domains that were invented. */
class NamesakesTest {
  private final InMemorySink sink = new InMemorySink();

  private DetectorBuilder builder() {
    return Detector.builder().rules(Rules.baseQuery()).lateness(Duration.ZERO).sink(sink);
  }

  private static String name(int domain) {
    return "web01.d" + domain + ".example";
  }

  private static Decoded sysmon(int code, String host, Instant time, Map<String, String> data) {
    return EventDecoders.auto().decode(WindowsEvent.sysmon(code, time, host, data).xml());
  }

  private static Decoded registered(String host, Instant time) {
    return sysmon(
        13,
        host,
        time,
        Map.of(
            "TargetObject", "HKLM\\W3SVC\\DLL", "Details", "C:\\e.dll", "EventType", "SetValue"));
  }

  private static Decoded dropped(String host, Instant time) {
    return sysmon(11, host, time, Map.of("TargetFilename", "C:\\inetpub\\e.dll"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 500})
  void eachIsAHostOfItsOwn(int domains) {
    try (Detector detector = builder().build()) {
      for (int domain = 0; domain < domains; domain++) {
        detector.accept(registered(name(domain), START));
      }
      assertEquals(domains, detector.counters().openHosts());
      for (int domain = domains - 1; domain >= 0; domain--) {
        detector.accept(
            dropped(name(domain).toUpperCase(java.util.Locale.ROOT), START.plusSeconds(1)));
      }
    }
    assertEquals(domains, sink.alerts().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void aNameWithoutADomainIsTheFirstOfThem(int domains) {
    try (Detector detector = builder().build()) {
      for (int domain = 0; domain < domains; domain++) {
        detector.accept(dropped(name(domain), START));
        detector.accept(registered(name(domain), START));
      }
      detector.accept(registered("WEB01", START.plusSeconds(1)));
      assertEquals(domains, detector.counters().openHosts());
      detector.accept(dropped(name(domains - 1) + ".", START.plusSeconds(2)));
      detector.accept(dropped("WEB01", START.plusSeconds(2)));
    }
    assertEquals(domains == 1 ? 1 : 2, sink.alerts().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20})
  void aHostIsFoundByTheMoreTellingNameItIsGivenLater(int others) {
    try (Detector detector = builder().build()) {
      detector.accept(registered("WEB01", START));
      detector.accept(registered("WEB01.corp.example", START.plusSeconds(1)));
      for (int domain = 0; domain < others; domain++) {
        detector.accept(registered(name(domain), START));
      }
      assertEquals(1 + others, detector.counters().openHosts());
      detector.accept(dropped("web01.CORP.example", START.plusSeconds(2)));
    }
    assertEquals(1, sink.alerts().size());
  }

  @Test
  void inventedNamesDisplaceOnlyEachOther() {
    try (Detector detector = builder().mostHostsPerShortName(100).build()) {
      detector.accept(registration("r", "db01.corp.example", START));
      for (int domain = 0; domain < 5_000; domain++) {
        detector.accept(registration("r", name(domain), START));
        detector.accept(registration("r", "web01.corp.example", START));
        assertTrue(detector.counters().openHosts() <= 101);
      }
      assertTrue(detector.counters().dropped() >= 4_800, "" + detector.counters());
      detector.accept(drop("d", "db01.corp.example", START.plusSeconds(1)));
      detector.accept(drop("d", "web01.corp.example", START.plusSeconds(1)));
      detector.accept(drop("d", name(4_999), START.plusSeconds(1)));
      detector.accept(drop("d", name(0), START.plusSeconds(1)));
    }
    assertEquals(
        List.of("db01.corp.example", "web01.corp.example", name(4_999)),
        sink.alerts().stream().map(alert -> alert.host()).toList());
  }

  @Test
  void eachEventOfANamesakeWritesOnlyItsOwnParts() {
    MemoryHostStore store = new MemoryHostStore();
    try (Detector detector = builder().hostStore(store).build()) {
      for (int domain = 0; domain < 1_500; domain++) {
        detector.accept(registration("r", name(domain), START));
      }
      assertEquals(1_000, detector.counters().openHosts());
      assertEquals(
          1_000,
          Map.copyOf(store.parts("web01")).keySet().stream()
              .map(HostParts::hostOf)
              .distinct()
              .count());
    }
    assertTrue(store.written() / 1_500 < 3_000, "bytes an event: " + store.written() / 1_500);
    assertTrue(store.largest() < 2_000, "bytes a part: " + store.largest());
    try (Detector detector = builder().hostStore(store).build()) {
      detector.accept(drop("d", name(1_499), START.plusSeconds(1)));
      detector.accept(drop("d", name(0), START.plusSeconds(1)));
      detector.accept(ordinary(name(1_498), START.plusSeconds(1)));
    }
    assertEquals(1, sink.alerts().size());
  }
}
