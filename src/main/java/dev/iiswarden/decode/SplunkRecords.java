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
 * collector's local time, {@code key=value} lines, and after {@code Message=} the event's text with
 * one {@code label: value} a line. Sysmon's labels are its field names. Labels of the Security log
 * are read in English only.
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

  private static final Map<String, Field> SECURITY_LABELS =
      Map.ofEntries(
          Map.entry("Security ID", Field.SUBJECT_USER_SID),
          Map.entry("Account Name", Field.SUBJECT_USER_NAME),
          Map.entry("Account Domain", Field.SUBJECT_DOMAIN_NAME),
          Map.entry("Object Type", Field.OBJECT_TYPE),
          Map.entry("Object Name", Field.OBJECT_NAME),
          Map.entry("Object Value Name", Field.OBJECT_VALUE_NAME),
          Map.entry("Operation Type", Field.OPERATION_TYPE),
          Map.entry("Access Mask", Field.ACCESS_MASK),
          Map.entry("New Value Type", Field.NEW_VALUE_TYPE),
          Map.entry("New Value", Field.NEW_VALUE),
          Map.entry("Process ID", Field.PROCESS_ID),
          Map.entry("Process Name", Field.PROCESS_NAME),
          Map.entry("New Process ID", Field.NEW_PROCESS_ID),
          Map.entry("New Process Name", Field.NEW_PROCESS_NAME),
          Map.entry("Creator Process ID", Field.PROCESS_ID),
          Map.entry("Creator Process Name", Field.PARENT_PROCESS_NAME),
          Map.entry("Process Command Line", Field.COMMAND_LINE));

  private static final byte[] HEAD = "LogName=".getBytes(StandardCharsets.US_ASCII);
  private static final String MESSAGE = "Message=";
  private static final String SCRIPT_BLOCK = "Creating Scriptblock text (";
  private static final String SCRIPT_BLOCK_ID = "ScriptBlock ID: ";

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
        addFirst(values, field, line.substring(equals + 1));
      }
      line = lines.next();
    }
    if (!values.has(Field.EVENT_ID)) {
      throw new MalformedRecordException("no EventCode");
    }
    WindowsMapping.noteInterest(values, Field.EVENT_ID);
    if (!values.isOfNoInterest() && line.startsWith(MESSAGE)) {
      readMessage(line.substring(MESSAGE.length()), lines, values);
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

  private static void readMessage(String first, Iterator<String> lines, FieldValues values) {
    if (first.startsWith(SCRIPT_BLOCK)) {
      readScriptBlock(first, lines, values);
      return;
    }
    while (lines.hasNext()) {
      String line = lines.next();
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String label = line.substring(0, colon).strip();
      Field sysmon = Field.ofData(label);
      Field field = sysmon == null ? SECURITY_LABELS.get(label) : sysmon;
      if (field != null) {
        addFirst(values, field, line.substring(colon + 1).strip());
      }
    }
  }

  /**
   * Reads {@code Creating Scriptblock text (1 of 2):}, the text, {@code ScriptBlock ID:}, the path.
   */
  private static void readScriptBlock(String first, Iterator<String> lines, FieldValues values) {
    int of = first.indexOf(" of ", SCRIPT_BLOCK.length());
    int end = first.indexOf(')', SCRIPT_BLOCK.length());
    if (of > 0 && end > of) {
      values.add(Field.MESSAGE_NUMBER, first.substring(SCRIPT_BLOCK.length(), of));
      values.add(Field.MESSAGE_TOTAL, first.substring(of + 4, end));
    }
    StringBuilder text = new StringBuilder();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith(SCRIPT_BLOCK_ID)) {
        addFirst(values, Field.SCRIPT_BLOCK_ID, line.substring(SCRIPT_BLOCK_ID.length()).strip());
      } else if (values.has(Field.SCRIPT_BLOCK_ID) && line.startsWith("Path:")) {
        addFirst(values, Field.SCRIPT_PATH, line.substring(5).strip());
      } else if (!values.has(Field.SCRIPT_BLOCK_ID)) {
        text.append(line).append('\n');
      }
    }
    addFirst(values, Field.SCRIPT_BLOCK_TEXT, text.toString().strip());
  }

  /**
   * Adds a value unless the field has one. A later value under the same label belongs to another
   * section, or an intruder has invented it.
   */
  private static void addFirst(FieldValues values, Field field, String value) {
    if (!value.isEmpty() && !values.has(field)) {
      values.add(field, value);
    }
  }
}
