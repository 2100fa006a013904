package dev.iiswarden.report;

import dev.iiswarden.Counters;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A summary of a run for its report. Made by the constructor. Immutable and safe for use by several
 * threads.
 *
 * @param version the program's version
 * @param inputs the inputs, as the user named them
 * @param first the earliest time of an event; null if there was no event
 * @param last the latest time of an event; null if there was no event
 * @param counters the detector's counters after the run
 * @param logs what became of the records of each log
 * @param problems the problems, one line each: lost records by log and cause, unreadable files
 * @param moreProblems the number of further problems
 * @param interrupted whether the run ended before its input did
 */
public record ReportSummary(
    String version,
    List<String> inputs,
    @Nullable Instant first,
    @Nullable Instant last,
    Counters counters,
    List<LogCounts> logs,
    List<String> problems,
    long moreProblems,
    boolean interrupted) {

  /** Creates a summary and copies the lists. */
  public ReportSummary {
    inputs = List.copyOf(inputs);
    logs = List.copyOf(logs);
    problems = List.copyOf(problems);
  }
}
