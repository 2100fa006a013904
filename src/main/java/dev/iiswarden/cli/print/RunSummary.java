package dev.iiswarden.cli.print;

import dev.iiswarden.Counters;
import java.util.ArrayList;
import java.util.List;

/**
 * Formats the last lines of a replay: the summary of its counters and the warnings that follow from
 * them. Safe for use by several threads.
 */
public final class RunSummary {
  private RunSummary() {}

  /**
   * Returns in one line the number of all records that were read, and what became of them.
   *
   * @param nanos the duration of the run in nanoseconds
   */
  public static String of(Counters counters, long nanos) {
    double seconds = Math.max(nanos, 1) / 1e9;
    List<String> parts = new ArrayList<>();
    parts.add(number(counters.alerts(), "alert") + heldBack(counters));
    add(parts, counters.notOfInterest(), " not of interest");
    add(parts, counters.unrecognised(), " unrecognised");
    add(parts, counters.withoutTime(), " without a time");
    add(parts, counters.malformed(), " malformed");
    add(parts, counters.late(), " arrived too late to be ordered (see --lateness)");
    if (counters.repeated() > 0) {
      parts.add(number(counters.repeated(), "action") + " logged a second time and left out");
    }
    if (counters.duplicates() > 0) {
      parts.add(number(counters.duplicates(), "record") + " read a second time and left out");
    }
    if (counters.ruleFailures() > 0) {
      parts.add(number(counters.ruleFailures(), "rule failure"));
    }
    return number(counters.events(), "event")
        + " in "
        + Numbers.withTenths(seconds)
        + " s ("
        + Numbers.rounded(counters.events() / seconds)
        + "/s): "
        + String.join(", ", parts);
  }

  /** Returns what is doubtful about the events that were judged, and what to do: one line each. */
  public static List<String> warnings(Counters counters) {
    List<String> warnings = new ArrayList<>();
    warn(
        warnings,
        counters.withoutHost(),
        "names no host, so it takes part in no sequence",
        "name no host, so they take part in no sequence",
        "have the collector send the host's name (docs/shapes.md says in which field)");
    warn(
        warnings,
        counters.pastDated(),
        "is dated before the year 2000 and was judged as of that time",
        "are dated before the year 2000 and were judged as of that time",
        "check the clock of the machine and the time that the collector sends");
    warn(
        warnings,
        counters.futureDated(),
        "is dated more than a day in the future or far ahead of its host's next event, and its host's clock did not follow it",
        "are dated more than a day in the future or far ahead of their host's next event, and their host's clock did not follow them",
        "check the clock of the machine and the zone of its times (see --zone)");
    return warnings;
  }

  private static void warn(
      List<String> warnings, long count, String one, String many, String advice) {
    if (count > 0) {
      warnings.add(
          "warning: " + number(count, "event") + " " + (count == 1 ? one : many) + "; " + advice);
    }
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(Numbers.grouped(count) + what);
    }
  }

  private static String heldBack(Counters counters) {
    return counters.suppressed() == 0
        ? ""
        : " (" + Numbers.grouped(counters.suppressed()) + " of them suppressed)";
  }

  private static String number(long count, String what) {
    return Numbers.grouped(count) + " " + what + (count == 1 ? "" : "s");
  }
}
