package dev.iiswarden.bench;

import dev.iiswarden.Detector;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/**
 * What relevant events cost: streams with a share of them, through the detector and through {@link
 * PlainDetector}, in turns. The measure is the processor time of the feeding thread, on which the
 * detector does all its work.
 */
final class RelevantBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Duration LATENESS = Duration.ofSeconds(30);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int EVENTS = 200_000;
  private static final int HOSTS = 101;
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);
  private static final int WARM_UP_ROUNDS = 3;
  private static final long ROUND_NANOS = 300_000_000L;

  private RelevantBench() {}

  /** Prints a line for each share of each stream. */
  static void run() {
    Rules rules = Rules.baseQuery();
    List<Comparison> comparisons = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (Share share : Share.values()) {
        comparisons.add(new Comparison(kind, share, rules));
      }
    }
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (Comparison comparison : comparisons) {
        comparison.measure(round);
      }
    }
    Kind last = null;
    for (Comparison comparison : comparisons) {
      if (comparison.kind != last) {
        last = comparison.kind;
        System.out.printf("%n%s, %d hosts, 30 s of lateness%n", last.title, HOSTS);
      }
      comparison.print();
    }
  }

  /** One stream, by hand and by rules. */
  private static final class Comparison {
    private final Kind kind;
    private final Share share;
    private final Rules rules;
    private final List<Event> events;
    private final long alerts;
    private final double[] plain = new double[ROUNDS];
    private final double[] detector = new double[ROUNDS];

    Comparison(Kind kind, Share share, Rules rules) {
      this.kind = kind;
      this.share = share;
      this.rules = rules;
      events = stream(kind, share.every);
      alerts = byHand(events);
      long raised = byRules(rules, events);
      if (alerts != raised) {
        throw new IllegalStateException(
            "by hand there are " + alerts + " alerts, but by rules " + raised);
      }
    }

    /** Measures both; a negative round warms up. */
    void measure(int round) {
      double one = nanosPerEvent(events, RelevantBench::byHand);
      double other = nanosPerEvent(events, all -> byRules(rules, all));
      if (round >= 0) {
        plain[round] = one;
        detector[round] = other;
      }
    }

    void print() {
      Arrays.sort(plain);
      Arrays.sort(detector);
      System.out.printf(
          Locale.ROOT,
          "  %-7s %,6d alerts, by hand %4.0f ns an event, detector %5.0f: %5.2f times as much at"
              + " best, %5.2f in the median (goal %.1f); %6.2f us more for a relevant event%n",
          share.title,
          alerts,
          median(plain),
          median(detector),
          detector[0] / plain[0],
          median(detector) / median(plain),
          share.goal,
          (median(detector) - median(plain)) * share.every / 1e3);
    }
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static double nanosPerEvent(List<Event> events, ToLongFunction<List<Event>> task) {
    long began = THREADS.getCurrentThreadCpuTime();
    long done = 0;
    long taken;
    do {
      // Looked at, so that no compiler can leave the work out.
      if (task.applyAsLong(events) < 0) {
        throw new IllegalStateException("a negative number of alerts");
      }
      done += events.size();
      taken = THREADS.getCurrentThreadCpuTime() - began;
    } while (taken < ROUND_NANOS);
    return (double) taken / done;
  }

  private static long byHand(List<Event> events) {
    AtomicLong alerts = new AtomicLong();
    PlainDetector detector =
        new PlainDetector(LATENESS.toMillis(), alert -> alerts.incrementAndGet());
    events.forEach(detector::accept);
    detector.flush();
    return alerts.get();
  }

  private static long byRules(Rules rules, List<Event> events) {
    AtomicLong alerts = new AtomicLong();
    try (Detector detector =
        Detector.builder()
            .rules(rules)
            .lateness(LATENESS)
            .sink(alert -> alerts.incrementAndGet())
            .build()) {
      events.forEach(detector::accept);
    }
    return alerts.get();
  }

  /**
   * A stream over all hosts, a millisecond from event to event.
   *
   * @param every one of so many is relevant
   */
  private static List<Event> stream(Kind kind, int every) {
    List<Event> events = new ArrayList<>(EVENTS);
    for (int i = 0; i < EVENTS; i++) {
      Instant time = START.plusMillis(i);
      String host = WebServerEvents.host(i % HOSTS);
      events.add(
          i % every == 0
              ? kind.relevant(i / every, host, time)
              : WebServerEvents.unrelated(host, time));
    }
    return events;
  }

  /** What the relevant events of a stream are. */
  private enum Kind {
    DROPS("a DLL appears in an IIS folder, and nothing waits for it") {
      @Override
      Event relevant(int number, String host, Instant time) {
        return WebServerEvents.drop(host, time);
      }
    },
    STORIES("a registration, a DLL in an IIS folder, a DLL loaded; then on the next host") {
      @Override
      Event relevant(int number, String host, Instant time) {
        String same = WebServerEvents.host(number / 3 % HOSTS);
        return switch (number % 3) {
          case 0 -> WebServerEvents.registration(same, time);
          case 1 -> WebServerEvents.drop(same, time);
          default -> WebServerEvents.load(same, time);
        };
      }
    };

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    abstract Event relevant(int number, String host, Instant time);
  }

  /** How many events of a stream are relevant, and what the detector may then take. */
  private enum Share {
    FEW("0.01 %", 10_000, 1.5),
    SOME("1 %", 100, 2.5),
    MANY("10 %", 10, 4.5);

    private final String title;
    private final int every;
    private final double goal;

    Share(String title, int every, double goal) {
      this.title = title;
      this.every = every;
      this.goal = goal;
    }
  }
}
