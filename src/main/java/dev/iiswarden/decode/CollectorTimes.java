package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads times as collectors write them: ISO 8601, numbers since 1970, WMI's {@code
 * 20260310150530.000000-000} ("CIM_DATETIME", Microsoft), ASP.NET's {@code /Date(1773155130003)/},
 * and dates in the forms of syslog, Snare, Kibana and the Azure portal.
 */
final class CollectorTimes {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(\\.\\d{1,12})?");
  private static final Pattern ASP_NET =
      Pattern.compile("\\\\?/Date\\((-?\\d{1,15})(?:[+-]\\d{4})?\\)\\\\?/");
  private static final Pattern CIM = Pattern.compile("(\\d{14}\\.\\d{6})([+-]\\d{3})");
  private static final Pattern SPACED_ZONE =
      Pattern.compile("(.*(?:\\d|[AaPp][Mm])) ?([+-]\\d\\d:?\\d\\d|Z|UTC|GMT)", Pattern.DOTALL);

  private static final DateTimeFormatter CIM_DATE =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSSSS", Locale.ROOT);

  private static final List<DateTimeFormatter> LOCAL =
      List.of(
          format("M/d/uuuu[,] h:mm:ss[.SSS] a"),
          format("M/d/uuuu[,] H:mm:ss[.SSS]"),
          format("EEE MMM d HH:mm:ss uuuu"),
          format("EEE MMM  d HH:mm:ss uuuu"),
          format("MMM d, uuuu @ HH:mm:ss.SSS"),
          format("uuuu/MM/dd HH:mm:ss[.SSS]"),
          format("MMM d uuuu HH:mm:ss[.SSS]"));

  private CollectorTimes() {}

  private static DateTimeFormatter format(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** Returns a time that is UTC unless it names another zone; null if it is not a time. */
  static @Nullable Instant utc(JsonNode value) {
    return read(value, ZoneOffset.UTC);
  }

  /**
   * Returns a time that names its zone.
   *
   * @param zone the zone of a time that does not; null if unknown, and then it is not used
   */
  static @Nullable Instant zoned(JsonNode value, @Nullable ZoneId zone) {
    return read(value, zone);
  }

  private static @Nullable Instant read(JsonNode value, @Nullable ZoneId zone) {
    String text = value.asText().strip();
    if (value.isFloatingPointNumber()) {
      double number = value.asDouble();
      return Double.isFinite(number) ? ofNumber(BigDecimal.valueOf(number)) : null;
    }
    if (NUMBER.matcher(text).matches()) {
      return ofNumber(new BigDecimal(text));
    }
    Instant plain = Timestamps.parseZoned(text);
    if (plain != null) {
      return plain;
    }
    Matcher aspNet = ASP_NET.matcher(text);
    if (aspNet.matches()) {
      return Timestamps.parse(Instant.ofEpochMilli(Long.parseLong(aspNet.group(1))));
    }
    Matcher cim = CIM.matcher(text);
    if (cim.matches()) {
      return ofCim(cim.group(1), Integer.parseInt(cim.group(2)));
    }
    Matcher spaced = SPACED_ZONE.matcher(text);
    if (spaced.matches()) {
      ZoneId named = zone(spaced.group(2));
      Instant time = named == null ? null : local(spaced.group(1), named);
      if (time != null) {
        return time;
      }
    }
    return zone == null ? null : local(text, zone);
  }

  private static @Nullable ZoneId zone(String text) {
    try {
      return Character.isLetter(text.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant local(String text, ZoneId zone) {
    Instant iso = Timestamps.parse(text);
    if (iso != null) {
      return LocalDateTime.ofInstant(iso, ZoneOffset.UTC).atZone(zone).toInstant();
    }
    for (DateTimeFormatter format : LOCAL) {
      Instant time = local(text, format, zone);
      if (time != null) {
        return time;
      }
    }
    return null;
  }

  private static @Nullable Instant local(String text, DateTimeFormatter format, ZoneId zone) {
    try {
      return LocalDateTime.parse(text, format).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant ofNumber(BigDecimal number) {
    if (number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0) {
      return number.precision() - number.scale() > 19 ? null : Timestamps.parse(number.longValue());
    }
    if (number.precision() - number.scale() > 11) {
      return Timestamps.parse(number.longValue());
    }
    BigDecimal nanos = number.movePointRight(9).setScale(0, RoundingMode.DOWN);
    return Timestamps.parse(
        Instant.EPOCH
            .plusSeconds(number.setScale(0, RoundingMode.FLOOR).longValue())
            .plusNanos(Math.floorMod(nanos.longValue(), 1_000_000_000L)));
  }

  private static @Nullable Instant ofCim(String local, int minutes) {
    try {
      return LocalDateTime.parse(local, CIM_DATE)
          .toInstant(ZoneOffset.ofTotalSeconds(minutes * 60));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
