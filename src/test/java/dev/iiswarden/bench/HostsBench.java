package dev.iiswarden.bench;

import dev.iiswarden.Detector;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.OrdinaryEvents;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures the memory of a detector, and how soon a host speaks that was silent for long. */
final class HostsBench {
  private HostsBench() {}

  static void heap() {
    List<Event> events = OrdinaryEvents.facts(4_096, 100);
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      long seen = feed(detector, events, 100_000);
      long early = Work.usedHeap();
      seen += feed(detector, events, 10_000_000 - seen);
      long late = Work.usedHeap();
      System.out.printf(
          Locale.ROOT,
          "%nheap in use: %.1f MB after 100,000 ordinary events, %.1f MB after %,d%n",
          early / 1e6,
          late / 1e6,
          seen);
    }
  }

  /** Hosts with one open event each: what they take, how soon they speak, and that they let go. */
  static void hosts(String name, Rules rules, int count) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    List<Event> registrations = new ArrayList<>(count);
    for (int host = 0; host < count; host++) {
      registrations.add(Events.registration("HOST-" + host + ".corp.example", start));
    }
    try (Detector detector = Detector.builder().rules(rules).lateness(Duration.ZERO).build()) {
      long before = Work.usedHeap();
      Work.accept(detector, registrations);
      long open = Work.usedHeap();
      // Most hosts have no session by now; each is asked once, when it is cold.
      List<Event> drops = new ArrayList<>();
      for (int host = 0; host < Math.min(count / 10, 10_000); host++) {
        drops.add(Events.drop("HOST-" + host + ".corp.example", start.plusSeconds(60)));
      }
      long began = System.nanoTime();
      Work.accept(detector, drops);
      double micros = (System.nanoTime() - began) / 1e3 / drops.size();
      long alerts = detector.counters().alerts();
      for (int host = 0; host < count; host++) {
        detector.accept(
            Events.unrelated("HOST-" + host + ".corp.example", start.plusSeconds(90_000)));
      }
      long after = Work.usedHeap();
      System.out.printf(
          Locale.ROOT,
          "%n%s, %,d hosts with one open event each: %,d bytes a host%n"
              + "  %,d of them, cold, judged a relevant event in %.1f us each, with %,d alerts%n"
              + "  %,d hosts are open when all has expired, and %.1f MB more than before are in use%n",
          name,
          count,
          (open - before) / count,
          drops.size(),
          micros,
          alerts,
          detector.counters().openHosts(),
          (after - before) / 1e6);
    } finally {
      // The events are the bench's own, before and after.
      Reference.reachabilityFence(registrations);
    }
  }

  private static long feed(Detector detector, List<Event> events, long atLeast) {
    long fed = 0;
    while (fed < atLeast) {
      fed += Work.accept(detector, events);
    }
    return fed;
  }
}
