package dev.iiswarden.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the offsets by which scenarios give times: the time since the scenario's beginning. */
final class Offset {
  /** The beginning of every scenario; the value is arbitrary. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** The time between an event and the next one if that one has no offset. */
  static final Duration STEP = Duration.ofMinutes(1);

  /** The form of an offset, for error messages. */
  static final String FORM = "a time since the beginning such as +30m or +1h1ms";

  private static final Pattern OFFSET = Pattern.compile("\\+?((?:\\d{1,9}(?:ms|d|h|m|s))+)");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|d|h|m|s)");

  private Offset() {}

  /** Returns the duration of a text such as {@code +1h30m}; null if the text has another form. */
  static @Nullable Duration of(String text) {
    Matcher form = OFFSET.matcher(text);
    if (!form.matches()) {
      return null;
    }
    Duration offset = Duration.ZERO;
    Matcher part = PART.matcher(form.group(1));
    while (part.find()) {
      long amount = Long.parseLong(part.group(1));
      offset =
          offset.plus(
              switch (part.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
              });
    }
    return offset;
  }
}
