package dev.iiswarden.decode;

import dev.iiswarden.event.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A parser for dates in the default format of Elasticsearch date fields, {@code
 * strict_date_optional_time||epoch_millis}. A date is ISO 8601: a calendar date, an optional time
 * with a fraction of up to nine digits, and an optional zone, UTC by default. Or it is an integer
 * since the epoch: seconds, milliseconds, microseconds or nanoseconds, told apart by size. Both
 * must lie in the years 0000 to 9999. A space in place of the {@code T} is accepted, too, because
 * Sysmon writes {@code UtcTime} that way, and " UTC" in place of the {@code Z}, as python-evtx
 * writes it.
 *
 * <p>The parser is written by hand because every record needs it: the JDK's formatter takes longer
 * for a date than the rest of a mapping takes for a record.
 */
final class Timestamps {
  private static final int LONGEST_EXCERPT = 40;
  private static final int SECONDS_OF_DAY = 86_400;
  private static final long MOST_SECONDS = 100_000_000_000L;

  private final String text;
  private int at;
  private boolean zoned;

  private Timestamps(String text) {
    this.text = text;
  }

  /** Returns the time that a value represents, or null if it is not a valid time. */
  static @Nullable Instant parse(@Nullable Object value) {
    if (value instanceof String text) {
      return new Timestamps(text).read();
    }
    return known(value);
  }

  /** Returns the time that a value represents, or null if it is not a valid time or has no zone. */
  static @Nullable Instant parseZoned(@Nullable Object value) {
    if (value instanceof String text) {
      Timestamps timestamps = new Timestamps(text);
      Instant instant = timestamps.read();
      return timestamps.zoned ? instant : null;
    }
    return known(value);
  }

  private static @Nullable Instant known(@Nullable Object value) {
    if (value instanceof Long number) {
      return ifPossible(ofNumber(number));
    }
    return value instanceof Instant instant ? ifPossible(instant) : null;
  }

  /**
   * Returns the time that a number since 1970 stands for. Its size tells the unit: up to the year
   * 5138 seconds have eleven digits at most, milliseconds fourteen, and microseconds seventeen.
   */
  private static Instant ofNumber(long number) {
    long size = Math.abs(Math.max(number, -Long.MAX_VALUE));
    if (size < MOST_SECONDS) {
      return Instant.ofEpochSecond(number);
    }
    if (size < MOST_SECONDS * 1_000) {
      return Instant.ofEpochMilli(number);
    }
    return size < MOST_SECONDS * 1_000_000
        ? Instant.EPOCH.plus(number, ChronoUnit.MICROS)
        : Instant.EPOCH.plusNanos(number);
  }

  private static @Nullable Instant ifPossible(Instant time) {
    return time.isBefore(Event.EARLIEST) || time.isAfter(Event.LATEST) ? null : time;
  }

  /** Shortens a value for an error message to at most 40 characters. */
  static String excerpt(@Nullable String value) {
    if (value == null) {
      return "";
    }
    return value.length() > LONGEST_EXCERPT ? value.substring(0, LONGEST_EXCERPT) + "…" : value;
  }

  private @Nullable Instant read() {
    try {
      LocalDate date = date();
      long seconds = date.toEpochDay() * SECONDS_OF_DAY;
      int nanos = 0;
      if (at < text.length()) {
        separator();
        seconds += hoursAndMinutes() * 60L;
        if (skip(':')) {
          seconds += number(2, 59);
          if (skip('.') || skip(',')) {
            nanos = fraction();
          }
        }
        seconds -= zone();
      }
      if (at != text.length()) {
        return null;
      }
      return ifPossible(Instant.ofEpochSecond(seconds, nanos));
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private LocalDate date() {
    int year = number(4, 9999);
    expect('-');
    int month = number(2, 12);
    expect('-');
    return LocalDate.of(year, month, number(2, 31));
  }

  private void separator() {
    if (!skip('T') && !skip(' ') && !skip('t')) {
      throw new DateTimeException("no time after the date");
    }
  }

  private int hoursAndMinutes() {
    int hours = number(2, 23);
    expect(':');
    return hours * 60 + number(2, 59);
  }

  private int fraction() {
    int start = at;
    int nanos = 0;
    while (at < text.length() && isDigit(text.charAt(at)) && at - start < 9) {
      nanos = nanos * 10 + text.charAt(at++) - '0';
    }
    if (at == start) {
      throw new DateTimeException("no digits in the fraction");
    }
    for (int digits = at - start; digits < 9; digits++) {
      nanos *= 10;
    }
    return nanos;
  }

  /** Reads the offset from UTC, in seconds. */
  private int zone() {
    if (at == text.length()) {
      return 0;
    }
    zoned = true;
    if (skip('Z') || skip('z')) {
      return 0;
    }
    if (text.startsWith(" UTC", at)) {
      at += " UTC".length();
      return 0;
    }
    int sign = skip('-') ? -1 : 1;
    if (sign > 0) {
      expect('+');
    }
    int minutes = number(2, 18) * 60;
    if (at < text.length()) {
      skip(':');
      minutes += number(2, 59);
    }
    return sign * minutes * 60;
  }

  private int number(int digits, int most) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      char digit = text.charAt(at++);
      if (!isDigit(digit)) {
        throw new DateTimeException("not a digit");
      }
      value = value * 10 + digit - '0';
    }
    if (value > most) {
      throw new DateTimeException("out of range");
    }
    return value;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw new DateTimeException("expected " + c);
    }
  }

  private boolean skip(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
