package dev.iiswarden.event;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses EQL's {@code maxspan} values: a whole number and a unit ("EQL syntax reference", section
 * "with maxspan").
 */
public final class Maxspan {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h|d)");

  /** Rules contain spans as literals, so there are only a few. */
  private static final Map<String, Duration> KNOWN = new ConcurrentHashMap<>();

  private Maxspan() {}

  /**
   * Returns the length of a span.
   *
   * @throws IllegalArgumentException if the text is no span; the message says what it must be
   */
  public static Duration of(String text) {
    Duration known = KNOWN.get(text);
    return known != null ? known : KNOWN.computeIfAbsent(text, Maxspan::parse);
  }

  /** Returns whether the text is a span. */
  public static boolean isSpan(String text) {
    return FORM.matcher(text).matches();
  }

  private static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a time span: write a whole number and ms, s, m, h or d, as in 1h");
    }
    long amount = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
