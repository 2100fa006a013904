package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * {@link Timestamps} reads what {@code java.time} writes and rejects what {@code java.time}
 * rejects.
 */
class TimestampsProperties {
  private static final long FIRST_DAY = -719_528L * 86_400;
  private static final long LAST_DAY = 2_932_896L * 86_400;
  private static final DateTimeFormatter STRICT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalStart()
          .appendLiteral('Z')
          .optionalEnd()
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  @Property
  void readsWhatTheJdkWrites(
      @ForAll("dateTimes") LocalDateTime dateTime,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes,
      @ForAll @IntRange(max = 9) int digits,
      @ForAll("offsetForms") String offsetForm,
      @ForAll("separators") String separator) {
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
    OffsetDateTime written = dateTime.atOffset(offset);
    String fraction = String.format(Locale.ROOT, "%09d", written.getNano()).substring(0, digits);
    String text =
        written.format(
                DateTimeFormatter.ofPattern("uuuu-MM-dd'" + separator + "'HH:mm:ss", Locale.ROOT))
            + (digits == 0 ? "" : "." + fraction)
            + written.format(DateTimeFormatter.ofPattern(offsetForm, Locale.ROOT));
    int nanos = digits == 0 ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    Instant expected = written.withNano(nanos).toInstant();

    assertEquals(expected, Timestamps.parse(text), text);
    assertEquals(expected, Timestamps.parseZoned(text), text);
  }

  @Property
  void readsLocalTimesAsUtc(@ForAll("dateTimes") LocalDateTime dateTime) {
    String text = dateTime.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);

    assertEquals(dateTime.toInstant(ZoneOffset.UTC), Timestamps.parse(text), text);
    assertNull(Timestamps.parseZoned(text), text);
  }

  @Property
  void readsWhatInstantWrites(@ForAll("dateTimes") LocalDateTime dateTime) {
    Instant instant = dateTime.toInstant(ZoneOffset.UTC);

    assertEquals(instant, Timestamps.parse(instant.toString()));
  }

  @Property(tries = 5_000)
  void takesOrRefusesAChangedDateAsTheJdkDoes(
      @ForAll("dateTimes") LocalDateTime dateTime,
      @ForAll @IntRange(max = 40) int place,
      @ForAll("datePieces") String piece) {
    String text = dateTime.toInstant(ZoneOffset.UTC).toString();
    int at = Math.min(place, text.length() - 1);
    String changed = text.substring(0, at) + piece + text.substring(at + 1);

    assertEquals(jdk(changed), Timestamps.parse(changed), changed);
  }

  private static @Nullable Instant jdk(String text) {
    try {
      return OffsetDateTime.parse(text, STRICT).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  @Provide
  Arbitrary<LocalDateTime> dateTimes() {
    Arbitrary<Long> seconds =
        Arbitraries.oneOf(
            Arbitraries.longs().between(FIRST_DAY + 86_400, LAST_DAY),
            Arbitraries.longs().between(-4_000_000_000L, 4_000_000_000L));
    Arbitrary<Integer> nanos = Arbitraries.integers().between(0, 999_999_999);
    return seconds.flatMap(
        second -> nanos.map(nano -> LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC)));
  }

  @Provide
  Arbitrary<String> offsetForms() {
    return Arbitraries.of("XXX", "XX", "xxx", "xx");
  }

  @Provide
  Arbitrary<String> separators() {
    return Arbitraries.of("T", " ", "t");
  }

  @Provide
  Arbitrary<String> datePieces() {
    return Arbitraries.of(
        "0", "1", "2", "3", "4", "5", "6", "9", "", "00", ":", "x", "/", ";", "\u0663", "\uFF11");
  }
}
