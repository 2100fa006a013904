package dev.iiswarden.cli;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.Outcome;
import dev.iiswarden.report.LogCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The account of one log: how many of its records became what, and where the first ones of each
 * cause are that were lost. It takes the same small space however many there are. Not thread-safe.
 */
final class LogAccount {
  private static final int MOST_PLACES = 3;

  private static final long NANOS_UNTIL_TOLD = TimeUnit.SECONDS.toNanos(5);

  private final String name;
  private final String unit;
  private final LongSupplier nanoTime;
  private final long opened;
  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private final Map<Outcome, Loss> losses = new EnumMap<>(Outcome.class);

  /** The lost records of one cause. */
  private static final class Loss {
    private final String reason;
    private final List<Long> lines = new ArrayList<>(MOST_PLACES);
    private boolean hasOtherReasons;
    private boolean isTold;

    Loss(String reason) {
      this.reason = reason;
    }

    void add(Decoded.Malformed lost, long line) {
      hasOtherReasons |= !lost.reason().equals(reason);
      // A document of several records may stand on one line.
      if (lines.size() < MOST_PLACES && !lines.contains(line)) {
        lines.add(line);
      }
    }

    String describe(Outcome outcome, long count, String unit) {
      String places = lines.stream().map(String::valueOf).collect(Collectors.joining(", "));
      return String.format(
          Locale.ROOT,
          "%s (%s%s), %sat %s %s",
          counted(outcome, count),
          reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason,
          hasOtherReasons ? "; and other reasons" : "",
          count > lines.size() ? "first " : "",
          lines.size() == 1 ? unit : unit + "s",
          places);
    }

    private static String counted(Outcome outcome, long count) {
      String records = count == 1 ? "record" : "records";
      return outcome == Outcome.NO_TIME
          ? String.format(Locale.ROOT, "%,d %s without a time", count, records)
          : String.format(Locale.ROOT, "%,d %s %s", count, outcome.label(), records);
    }
  }

  /**
   * Opens the account of a log whose reading begins now.
   *
   * @param unit what its places count: {@code line} or {@code record}
   * @param nanoTime tells how long reading takes
   */
  LogAccount(String name, String unit, LongSupplier nanoTime) {
    this.name = name;
    this.unit = unit;
    this.nanoTime = nanoTime;
    opened = nanoTime.getAsLong();
  }

  /**
   * Counts a record.
   *
   * @param line the line on which it begins, or its number in a log without lines
   * @return what was lost so far for the record's cause, once for each cause if reading takes long;
   *     otherwise null
   */
  @Nullable String add(Decoded record, long line) {
    Outcome outcome = record.outcome();
    counts.merge(outcome, 1L, Long::sum);
    Decoded.Malformed lost = record.malformed().orElse(null);
    if (lost == null) {
      return null;
    }
    Loss loss = losses.computeIfAbsent(outcome, unused -> new Loss(lost.reason()));
    loss.add(lost, lost.line() > 0 ? lost.line() : line);
    if (loss.isTold || nanoTime.getAsLong() - opened < NANOS_UNTIL_TOLD) {
      return null;
    }
    loss.isTold = true;
    return name + ": so far " + loss.describe(outcome, count(outcome), unit);
  }

  /** The lost records, one line for each cause. */
  List<String> losses() {
    return losses.entrySet().stream()
        .map(
            loss ->
                name + ": " + loss.getValue().describe(loss.getKey(), count(loss.getKey()), unit))
        .toList();
  }

  /** Says that nothing in the log was recognised, and what to do; null if something was. */
  @Nullable String nothingRecognised() {
    long records = counts.values().stream().mapToLong(Long::longValue).sum();
    boolean isAllLost = counts.keySet().stream().allMatch(Outcome::isLoss);
    if (records == 0 || !isAllLost) {
      return null;
    }
    String none =
        records == 1
            ? name + ": its only record "
            : String.format(Locale.ROOT, "%s: none of its %,d records ", name, records);
    return counts.keySet().equals(Set.of(Outcome.NO_TIME))
        ? none
            + "has "
            + (records == 1 ? "no" : "a")
            + " time that can be trusted; if the times are local, name their zone with --zone"
        : none
            + (records == 1 ? "was not" : "was")
            + " recognised; is it a log of Windows events? See docs/shapes.md for what can be read";
  }

  private long count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  /** The counts, for a report. */
  LogCounts counts() {
    return new LogCounts(name, counts);
  }
}
