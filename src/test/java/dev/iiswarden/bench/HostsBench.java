package dev.iiswarden.bench;

import dev.iiswarden.Detector;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.OrdinaryEvents;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Hosts with one open event each: what they take in memory, what it costs to hear of one again, and
 * that they let go. Times are those of the feeding thread's processor.
 */
final class HostsBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** So many hosts are heard of again, and so many events are weighed. */
  private static final int SAMPLE = 10_000;

  private static final int ROUNDS = 9;

  private HostsBench() {}

  /** Prints a paragraph for each rule set and number of hosts. */
  static void run() {
    Rules base = Rules.baseQuery();
    Rules all = Rules.bundled();
    // Also warms up.
    measure("base query", base, 1_000);
    measure("base query", base, 100_000);
    measure("base query", base, 1_000_000);
    measure("all rules", all, 1_000);
    measure("all rules", all, 100_000);
  }

  private static void measure(String name, Rules rules, int count) {
    try (Detector detector =
        Detector.builder()
            .rules(rules)
            .lateness(Duration.ZERO)
            // Each share of the hosts has its part of the limit, and some shares have more hosts.
            .mostOpenHosts(2 * count)
            .build()) {
      long before = Work.usedHeap();
      for (int host = 0; host < count; host++) {
        // Not kept here: what remains of it is the detector's.
        detector.accept(WebServerEvents.registration(WebServerEvents.host(host), START));
      }
      long open = Work.usedHeap();
      long event = bytesOfAnEvent();
      // Most hosts have no session by now; each is asked once, when it is cold.
      double micros = microsOfAColdHost(detector, count);
      long alerts = detector.counters().alerts();
      detector.advanceTo(START.plusSeconds(90_000));
      long after = Work.usedHeap();
      System.out.printf(
          Locale.ROOT,
          "%n%s, %,d hosts with one open event each: %,d bytes a host, of which the event takes"
              + " %,d%n  some of them, cold, judged a relevant event in %.1f us each, with %,d"
              + " alerts%n  %,d hosts are open when all has expired, and %.1f MB more than before"
              + " are in use%n",
          name,
          count,
          (open - before) / count,
          event,
          micros,
          alerts,
          detector.counters().openHosts(),
          (after - before) / 1e6);
    }
  }

  /** Prints that ordinary events leave nothing behind. */
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

  private static long feed(Detector detector, List<Event> events, long atLeast) {
    long fed = 0;
    while (fed < atLeast) {
      fed += Work.accept(detector, events);
    }
    return fed;
  }

  /** The median of rounds in which other hosts have their turn. */
  private static double microsOfAColdHost(Detector detector, int count) {
    int sample = Math.min(count / 10, SAMPLE) / ROUNDS;
    double[] micros = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      Event[] drops = new Event[sample];
      for (int i = 0; i < sample; i++) {
        int host = round * sample + i;
        drops[i] = WebServerEvents.drop(WebServerEvents.host(host), START.plusSeconds(60));
      }
      long began = THREADS.getCurrentThreadCpuTime();
      for (Event drop : drops) {
        detector.accept(drop);
      }
      micros[round] = (THREADS.getCurrentThreadCpuTime() - began) / 1e3 / sample;
    }
    Arrays.sort(micros);
    return micros[ROUNDS / 2];
  }

  /** What an event takes that is held, with its host's name and what it was decoded to. */
  private static long bytesOfAnEvent() {
    Event[] events = new Event[SAMPLE];
    try {
      long before = Work.usedHeap();
      for (int i = 0; i < SAMPLE; i++) {
        events[i] =
            WebServerEvents.registration(WebServerEvents.host(i), START).placed(i, Long.MIN_VALUE);
      }
      return (Work.usedHeap() - before) / SAMPLE;
    } finally {
      Reference.reachabilityFence(events);
    }
  }
}
