package dev.iiswarden.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Collects what is wrong with a soak. Growth is the median of the last tenth of the samples against
 * the median of the second tenth; the first tenth is for the JVM to warm up.
 */
final class SoakVerdict {
  /**
   * By what share the heap in use may grow. A restored detector takes about an eighth more than the
   * one before, once.
   */
  static final double MOST_HEAP_GROWTH = 0.15;

  /** By what share the loaded classes may grow in number. */
  static final double MOST_CLASS_GROWTH = 0.03;

  private final List<String> faults = new ArrayList<>();

  /** Notes two counts that should be the same. */
  void same(String what, long expected, long actual) {
    if (expected != actual) {
      faults.add(String.format(Locale.ROOT, "%s: %,d instead of %,d", what, actual, expected));
    }
  }

  /** Notes a growth above the limits. */
  void flat(List<SoakSample> samples) {
    flat("heap", growth(samples, SoakSample::heap), MOST_HEAP_GROWTH);
    flat("loaded classes", growth(samples, SoakSample::classes), MOST_CLASS_GROWTH);
  }

  private void flat(String what, double growth, double most) {
    if (growth > most) {
      faults.add(
          String.format(
              Locale.ROOT, "%s: grew by %.1f %%, above %.0f %%", what, growth * 100, most * 100));
    }
  }

  /** The growth of a value as a share of what it was. */
  static double growth(List<SoakSample> samples, ToLongFunction<SoakSample> value) {
    int tenth = samples.size() / 10;
    double early = median(samples.subList(tenth, 2 * tenth), value);
    double late = median(samples.subList(samples.size() - tenth, samples.size()), value);
    return late / early - 1;
  }

  private static double median(List<SoakSample> samples, ToLongFunction<SoakSample> value) {
    long[] sorted = samples.stream().mapToLong(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** One text for each fault; empty if the soak passed. */
  List<String> faults() {
    return List.copyOf(faults);
  }
}
