package dev.iiswarden.cli.print;

import dev.iiswarden.Counters;
import java.util.Locale;

/**
 * Formats the last line of a replay, the summary of its counters. Safe for use by several threads.
 */
public final class RunSummary {
  private RunSummary() {}

  /**
   * Returns the number of events and their results in one line.
   *
   * @param nanos the duration of the run in nanoseconds
   */
  public static String of(Counters counters, long nanos) {
    double seconds = Math.max(nanos, 1) / 1e9;
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%s in %.1f s (%,.0f/s): %s%s, %,d malformed",
            number(counters.events(), "event"),
            seconds,
            counters.events() / seconds,
            number(counters.alerts(), "alert"),
            heldBack(counters),
            counters.malformed()));
    if (counters.late() > 0) {
      line.append(
          String.format(
              Locale.ROOT,
              ", %,d arrived too late to be ordered (see --lateness)",
              counters.late()));
    }
    if (counters.repeated() > 0) {
      line.append(
          String.format(
              Locale.ROOT,
              ", %s logged a second time and left out",
              number(counters.repeated(), "action")));
    }
    if (counters.ruleFailures() > 0) {
      line.append(", ").append(number(counters.ruleFailures(), "rule failure"));
    }
    return line.toString();
  }

  private static String heldBack(Counters counters) {
    return counters.suppressed() == 0
        ? ""
        : String.format(Locale.ROOT, " (%,d of them suppressed)", counters.suppressed());
  }

  private static String number(long count, String what) {
    return String.format(Locale.ROOT, count == 1 ? "%,d %s" : "%,d %ss", count, what);
  }
}
