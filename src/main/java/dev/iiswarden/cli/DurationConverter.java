package dev.iiswarden.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a duration as people write it, such as {@code 1h30m}, or in the form of ISO 8601, such as
 * {@code PT1H30M}. Reports an invalid one in plain words, with examples.
 */
final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern PLAIN =
      Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+)s)?(?:(\\d+)ms)?");

  private static final ChronoUnit[] UNITS = {
    ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS, ChronoUnit.MILLIS
  };

  @Override
  public Duration convert(String value) {
    Matcher plain = PLAIN.matcher(value);
    try {
      return plain.matches() && !value.isEmpty() ? sum(plain) : Duration.parse(value);
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      throw new TypeConversionException(
          "'" + value + "' is not a duration; use one such as 30s, 5m, 1h30m or 500ms");
    }
  }

  private static Duration sum(Matcher plain) {
    Duration sum = Duration.ZERO;
    for (int i = 0; i < UNITS.length; i++) {
      @Nullable String number = plain.group(i + 1);
      if (number != null) {
        sum = sum.plus(Duration.of(Long.parseLong(number), UNITS[i]));
      }
    }
    return sum;
  }
}
