package dev.iiswarden.bench;

import dev.iiswarden.Detector;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Measures how long {@code accept} takes while events come at even distances. */
final class LatencyBench {
  private LatencyBench() {}

  /** How long {@code accept} takes when 100,000 events a second come at even distances. */
  static void latency(int every) {
    int seconds = 5;
    int rate = 100_000;
    List<Event> events = WebServerEvents.stream(every);
    Histogram taken = new Histogram(3);
    Histogram empty = new Histogram(3);
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      long start = 0;
      for (int i = -WebServerEvents.PASS; i < rate * seconds; i++) {
        if (i == 0) {
          start = System.nanoTime();
        }
        Event event = events.get(Math.floorMod(i, WebServerEvents.PASS));
        // A drop that came before is late, and judged at once; the stream goes on instead.
        Event next =
            event.judgedAs(
                event
                    .getTimestamp()
                    .plusMillis(
                        WebServerEvents.PASS * (long) Math.floorDiv(i, WebServerEvents.PASS)));
        long due = start + i * (1_000_000_000L / rate);
        while (i > 0 && System.nanoTime() < due) {
          Thread.onSpinWait();
        }
        long before = System.nanoTime();
        long began = System.nanoTime();
        detector.accept(next);
        long ended = System.nanoTime();
        if (i >= 0) {
          empty.recordValue(began - before);
          taken.recordValue(ended - began);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%naccept, 100,000 events/s, %s of interest%n%s%s",
        every == 0 ? "none" : "one in " + every,
        percentiles("accept", taken),
        percentiles("nothing, measured beside it", empty));
  }

  private static String percentiles(String name, Histogram histogram) {
    return String.format(
        Locale.ROOT,
        "  %-28s p50 %.1f us, p99 %.1f us, p99.9 %.1f us, most %.0f us%n",
        name,
        histogram.getValueAtPercentile(50) / 1e3,
        histogram.getValueAtPercentile(99) / 1e3,
        histogram.getValueAtPercentile(99.9) / 1e3,
        histogram.getMaxValue() / 1e3);
  }
}
