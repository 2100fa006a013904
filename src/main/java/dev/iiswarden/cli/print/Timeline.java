package dev.iiswarden.cli.print;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How far apart the pieces of evidence happened: a track on which they are marked to scale, each
 * with its number, and the time of each from the earliest on. What happened too close to be told
 * apart stands side by side, in order.
 */
public final class Timeline {
  private static final int MOST_NUMBERED = 9;

  private final List<Instant> times;
  private final Instant start;
  private final Duration span;

  /** A timeline of events in the order of their numbers; at least one. */
  public Timeline(List<Instant> times) {
    this.times = List.copyOf(times);
    start = times.stream().min(Comparator.naturalOrder()).orElseThrow();
    span = Duration.between(start, times.stream().max(Comparator.naturalOrder()).orElseThrow());
  }

  /** From the earliest event to the latest. */
  public Duration span() {
    return span;
  }

  /** How long after the earliest event one happened. */
  public Duration offset(int index) {
    return Duration.between(start, times.get(index));
  }

  /** The track, this many columns wide, or as many as there are events if these are more. */
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

  /** A duration, as exactly as somebody wants to know it who reads of an intrusion. */
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
      return String.format(
          Locale.ROOT, "%dm%02ds", duration.toMinutesPart(), duration.toSecondsPart());
    }
    return duration.toDays() == 0
        ? String.format(Locale.ROOT, "%dh%02dm", duration.toHoursPart(), duration.toMinutesPart())
        : String.format(Locale.ROOT, "%dd%02dh", duration.toDays(), duration.toHoursPart());
  }
}
