package dev.iiswarden.decode;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a record of Splunk's classic WinEventLog. A record has a date in the
 * collector's local time, {@code key=value} lines, and after {@code Message=} the event's text, see
 * {@link RenderedMessage}.
 */
final class SplunkRecords {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MM/dd/yyyy hh:mm:ss[.SSS] a", Locale.ROOT);

  private static final Map<String, Field> HEADER =
      Map.of(
          "EventCode", Field.EVENT_ID,
          "SourceName", Field.PROVIDER,
          "LogName", Field.CHANNEL,
          "RecordNumber", Field.RECORD_ID,
          "ComputerName", Field.COMPUTER,
          "Sid", Field.USER_ID);

  private static final byte[] HEAD = "LogName=".getBytes(StandardCharsets.US_ASCII);
  private static final String MESSAGE = "Message=";

  private SplunkRecords() {}

  /** Whether a record may have this shape: it begins with a date or a header line. */
  static boolean isLikely(byte[] text, int offset, int length) {
    if (length > HEAD.length && text[offset] == HEAD[0]) {
      return Arrays.equals(text, offset, offset + HEAD.length, HEAD, 0, HEAD.length);
    }
    return length > 2
        && isDigit(text[offset])
        && isDigit(text[offset + 1])
        && text[offset + 2] == '/';
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /**
   * Reads a record.
   *
   * @param zone the time zone of the record's date; null if unknown, and then the date is not used
   */
  static FieldValues read(byte[] utf8, int offset, int length, @Nullable ZoneId zone)
      throws MalformedRecordException {
    FieldValues values = new FieldValues();
    Iterator<String> lines =
        new String(utf8, offset, length, StandardCharsets.UTF_8).lines().iterator();
    String line = lines.next();
    if (line.indexOf('=') < 0) {
      readDate(line, zone, values);
      line = lines.hasNext() ? lines.next() : "";
    }
    while (!line.startsWith(MESSAGE) && lines.hasNext()) {
      int equals = line.indexOf('=');
      Field field = equals < 0 ? null : HEADER.get(line.substring(0, equals));
      if (field != null) {
        RenderedMessage.addFirst(values, field, line.substring(equals + 1));
      }
      line = lines.next();
    }
    if (!values.has(Field.EVENT_ID)) {
      throw new MalformedRecordException("no EventCode");
    }
    WindowsMapping.noteInterest(values, Field.EVENT_ID);
    if (!values.isOfNoInterest() && line.startsWith(MESSAGE)) {
      StringBuilder text = new StringBuilder(line.substring(MESSAGE.length()));
      lines.forEachRemaining(next -> text.append('\n').append(next));
      RenderedMessage.read(text.toString(), values);
    }
    return values;
  }

  private static void readDate(String line, @Nullable ZoneId zone, FieldValues values)
      throws MalformedRecordException {
    try {
      LocalDateTime date = LocalDateTime.parse(line.strip(), DATE);
      if (zone != null) {
        values.add(Field.SYSTEM_TIME, date.atZone(zone).toInstant());
      }
    } catch (DateTimeParseException e) {
      throw new MalformedRecordException(
          "'" + Timestamps.excerpt(line) + "' is not a date such as 03/04/2026 03:12:07 AM");
    }
  }
}
