package dev.iiswarden.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How scenarios say when something happens: by the time since the beginning. */
final class Offset {
  /** When a scenario begins: any time would do. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** How long after the one before an event happens that does not say when. */
  static final Duration STEP = Duration.ofMinutes(1);

  /** What an offset looks like, for complaints. */
  static final String FORM = "a time from the beginning such as +30m or +1h1ms";

  private static final Pattern OFFSET = Pattern.compile("\\+?((?:\\d{1,9}(?:ms|d|h|m|s))+)");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|d|h|m|s)");

  private Offset() {}

  /** The time a text such as {@code +1h30m} stands for; null if it is of another form. */
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
