package dev.iiswarden.cli.print;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A timeline of evidence in text: a track on which each event is marked to scale with its number,
 * and each event's offset from the earliest. Events too close to separate are placed side by side,
 * in order. Immutable and safe for use by several threads.
 */
public final class Timeline {
  private static final int MOST_NUMBERED = 9;

  private final List<Instant> times;
  private final Instant start;
  private final Duration span;

  /**
   * Creates a timeline of at least one event.
   *
   * @param times the times of the events, in the order of their numbers
   */
  public Timeline(List<Instant> times) {
    this.times = List.copyOf(times);
    start = times.stream().min(Comparator.naturalOrder()).orElseThrow();
    span = Duration.between(start, times.stream().max(Comparator.naturalOrder()).orElseThrow());
  }

  /** The time from the earliest event to the latest. */
  public Duration span() {
    return span;
  }

  /** The time from the earliest event to the event at this index. */
  public Duration offset(int index) {
    return Duration.between(start, times.get(index));
  }

  /**
   * Returns the track, this many columns wide, or one column per event if there are more events.
   */
  public String track(int columns) {
    int last = Math.max(columns, times.size()) - 1;
    StringBuilder track = new StringBuilder("─".repeat(last + 1));
    List<Integer> inOrder =
        IntStream.range(0, times.size()).boxed().sorted(Comparator.comparing(times::get)).toList();
    int free = 0;
    for (int i = 0; i < inOrder.size(); i++) {
      int index = inOrder.get(i);
      int followers = inOrder.size() - 1 - i;
      int at = Math.min(Math.max(position(index, last), free), last - followers);
      track.setCharAt(at, index < MOST_NUMBERED ? (char) ('1' + index) : '●');
      free = at + 1;
    }
    return track.toString();
  }

  private int position(int index, int last) {
    return span.isZero() ? 0 : (int) Math.round(last * (seconds(offset(index)) / seconds(span)));
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }

  /** Formats a duration with the precision that an analyst needs. */
  public static String say(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    if (duration.toSeconds() == 0) {
      return duration.toMillis() + "ms";
    }
    if (duration.toSeconds() < 60) {
      return duration.toSeconds() + "." + duration.toMillisPart() / 100 + "s";
    }
    if (duration.toHours() == 0) {
      return duration.toMinutesPart() + "m" + twoDigits(duration.toSecondsPart()) + "s";
    }
    return duration.toDays() == 0
        ? duration.toHoursPart() + "h" + twoDigits(duration.toMinutesPart()) + "m"
        : duration.toDays() + "d" + twoDigits(duration.toHoursPart()) + "h";
  }

  /** Without a formatter, whose first use takes longer than a card. */
  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
