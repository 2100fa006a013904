package dev.iiswarden.report;

import dev.iiswarden.decode.Outcome;
import java.util.Map;

/**
 * What became of the records of one log. Made by the constructor. Immutable and safe for use by
 * several threads.
 *
 * @param log the name of the log
 * @param counts the number of records of each outcome; outcomes without records may be missing
 */
public record LogCounts(String log, Map<Outcome, Long> counts) {

  /** Creates the counts of a log and copies the map. */
  public LogCounts {
    counts = Map.copyOf(counts);
  }

  /** Returns the number of records of an outcome. */
  public long of(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  /** Returns the number of all records. */
  public long records() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the number of records that were lost. */
  public long lost() {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().isLoss())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
