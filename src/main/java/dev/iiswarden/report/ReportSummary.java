package dev.iiswarden.report;

import dev.iiswarden.Counters;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of the run as a whole.
 *
 * @param version of the program
 * @param inputs what was read, as the user named it
 * @param first the earliest time of an event; null if there was none
 * @param last the latest
 * @param counters the detector's, after the run
 * @param problems what went wrong, a line each: malformed records, files that cannot be read
 * @param moreProblems how many others there were
 */
public record ReportSummary(
    String version,
    List<String> inputs,
    @Nullable Instant first,
    @Nullable Instant last,
    Counters counters,
    List<String> problems,
    long moreProblems) {

  /** A summary; lists are copied. */
  public ReportSummary {
    inputs = List.copyOf(inputs);
    problems = List.copyOf(problems);
  }
}
