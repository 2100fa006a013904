package dev.iiswarden.bench;

import dev.iiswarden.Counters;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What a soak sees at one moment.
 *
 * @param events how many events the detectors have been given
 * @param seconds since the start
 * @param heap bytes in use after a collection
 * @param classes loaded at the moment
 * @param unloaded classes unloaded so far
 * @param undelivered alerts that the sink has refused
 */
record SoakSample(
    long events,
    double seconds,
    long eventsPerSecond,
    long heap,
    int classes,
    long unloaded,
    int threads,
    long openHosts,
    long openFacts,
    long waiting,
    long undelivered) {
  static final String COLUMNS =
      "events,seconds,events_per_second,heap_bytes,classes,unloaded_classes,threads,open_hosts,"
          + "open_facts,waiting,undelivered";

  static final String HEADING =
      "      events  seconds  events/s  heap MB  classes  threads  open hosts  open facts  waiting"
          + "  undelivered";

  /** Collects garbage, and looks. */
  static SoakSample take(long events, double seconds, long eventsPerSecond, Counters counters) {
    Runtime runtime = Runtime.getRuntime();
    // The first collection finds the class loaders that nothing needs any more, the second what
    // only they held.
    System.gc();
    System.gc();
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    return new SoakSample(
        events,
        seconds,
        eventsPerSecond,
        runtime.totalMemory() - runtime.freeMemory(),
        classes.getLoadedClassCount(),
        classes.getUnloadedClassCount(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        counters.openHosts(),
        counters.openFacts(),
        counters.waiting(),
        counters.undelivered());
  }

  String csv() {
    return String.format(
        Locale.ROOT,
        "%d,%.1f,%d,%d,%d,%d,%d,%d,%d,%d,%d",
        events,
        seconds,
        eventsPerSecond,
        heap,
        classes,
        unloaded,
        threads,
        openHosts,
        openFacts,
        waiting,
        undelivered);
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "%,12d %8.0f %,9d %8.1f %,8d %8d %,11d %,11d %,8d %,12d",
        events,
        seconds,
        eventsPerSecond,
        heap / 1e6,
        classes,
        threads,
        openHosts,
        openFacts,
        waiting,
        undelivered);
  }
}
