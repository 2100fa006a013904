package dev.iiswarden.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits a log into records. A JSON record is one line, or what {@link JsonSplitter} finds. An XML
 * event spans any number of lines between its tags. A record of Splunk's text extends from its date
 * to the next. Any other line is a record of its own, for the decoder to report. Not safe for use
 * by several threads.
 */
final class RecordReader implements AutoCloseable {
  private static final byte[] EVENT = ascii("<Event");
  private static final byte[] PROLOGUE = ascii("<?xml");

  /**
   * Elements that exports put around their events; in {@code wevtutil} the user chooses the name.
   */
  private static final byte[][] WRAPPERS = {
    ascii("<Events"),
    ascii("</Events"),
    ascii("<root"),
    ascii("</root"),
    ascii("<Root"),
    ascii("</Root")
  };

  private static final Pattern PREFIXED_EVENT =
      Pattern.compile("<[A-Za-z_][\\w.-]{0,40}:Event(?:[ \\t>]|$)");

  /** Lines that exports put before their records or between them. */
  private static final Pattern HEADING =
      Pattern.compile("Record #?\\d{1,20}|evtxexport \\d{8}|(?:\\]\\]>|</[\\w.:-]+>|\\s)+");

  private static final int LONGEST_HEADING = 1_000;

  private final LineReader lines;
  private final JsonSplitter splitter;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private byte[] bytes = {};
  private int start;
  private int length;
  private long line;
  private long offset;
  private @Nullable String flaw;
  private boolean lineIsWaiting;
  private boolean isFirst = true;
  private @Nullable CsvReader csv;

  RecordReader(InputStream in) {
    lines = new LineReader(in);
    splitter = new JsonSplitter(lines);
  }

  /** Creates a reader of a message in memory. */
  RecordReader(byte[] message) {
    lines = new LineReader(message);
    splitter = new JsonSplitter(lines);
  }

  /**
   * Advances to the next record.
   *
   * @return whether there is a next record
   * @throws IOException if the stream breaks off; earlier records are not affected
   */
  boolean next() throws IOException {
    flaw = null;
    if (csv != null) {
      return nextRow(csv);
    }
    if (splitter.isOpen() && splitRecord()) {
      return true;
    }
    while (nextLine(false)) {
      line = lines.number();
      take();
      if (lines.isTooLong()) {
        offset = lines.streamOffset(start);
        flaw = tooLong();
        return true;
      }
      skipBlanks();
      skipWrappers();
      if (isFirst && length > 0) {
        isFirst = false;
        csv = CsvReader.of(lines, bytes, start, length);
        if (csv != null) {
          return nextRow(csv);
        }
      }
      if (startsDocument()) {
        splitter.open(start);
        if (splitRecord()) {
          return true;
        }
      } else if (length > 0 && !isHeading()) {
        offset = lines.streamOffset(start);
        if (startsWithEvent()) {
          readEvent();
        } else if (isDate()) {
          readText();
        }
        return true;
      }
    }
    return false;
  }

  /** Whether a JSON document begins here that is not a whole object on one line. */
  private boolean startsDocument() {
    if (length == 0
        || (bytes[start] != '{' && bytes[start] != '[')
        || (isJson() && !lines.isPartial())) {
      return false;
    }
    int at = start + 1;
    while (at < start + length && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    byte second = at < start + length ? bytes[at] : (byte) '\n';
    return bytes[start] == '{'
        ? second == '"' || second == '}' || second == '\n'
        : second == '{' || second == '[' || second == ']' || second == '\n';
  }

  private boolean nextRow(CsvReader rows) throws IOException {
    boolean found = rows.next();
    if (found) {
      bytes = rows.record();
      start = 0;
      length = bytes.length;
      line = rows.line();
      offset = rows.offset();
      flaw = rows.flaw();
    }
    return found;
  }

  private boolean splitRecord() throws IOException {
    boolean found = splitter.next();
    if (found) {
      bytes = splitter.bytes();
      start = splitter.start();
      length = splitter.length();
      line = splitter.line();
      offset = splitter.offset();
      flaw = splitter.flaw();
    }
    lineIsWaiting = splitter.hasLeftLine();
    return found;
  }

  private boolean isHeading() {
    return length <= LONGEST_HEADING
        && (bytes[start] == 'R'
            || bytes[start] == 'e'
            || bytes[start] == ']'
            || bytes[start] == '<')
        && HEADING.matcher(new String(bytes, start, length, StandardCharsets.ISO_8859_1)).matches();
  }

  private boolean nextLine(boolean insideEvent) throws IOException {
    boolean waited = lineIsWaiting;
    lineIsWaiting = false;
    return waited || lines.next(insideEvent);
  }

  /** Makes the current line the record so far. */
  private void take() {
    bytes = lines.buffer();
    start = lines.start();
    length = lines.length();
  }

  private void skipBlanks() {
    while (length > 0 && (bytes[start] == ' ' || bytes[start] == '\t')) {
      drop(1);
    }
  }

  private void drop(int count) {
    start += count;
    length -= count;
  }

  private void skipWrappers() {
    boolean wrapped = startsWith(PROLOGUE) || startsWithWrapper();
    while (wrapped) {
      int end = indexOf('>');
      drop(end < 0 ? length : end + 1);
      skipBlanks();
      wrapped = startsWith(PROLOGUE) || startsWithWrapper();
    }
  }

  private boolean startsWithWrapper() {
    for (byte[] wrapper : WRAPPERS) {
      if (startsWithTag(wrapper)) {
        return true;
      }
    }
    return false;
  }

  private boolean startsWithEvent() {
    return startsWithTag(EVENT)
        || (length > 0
            && bytes[start] == '<'
            && PREFIXED_EVENT
                .matcher(
                    new String(bytes, start, Math.min(length, 64), StandardCharsets.ISO_8859_1))
                .lookingAt());
  }

  private boolean startsWithTag(byte[] tag) {
    return startsWith(tag)
        && (length == tag.length
            || bytes[start + tag.length] == '>'
            || bytes[start + tag.length] == ' '
            || bytes[start + tag.length] == '\t');
  }

  private boolean startsWith(byte[] prefix) {
    return length >= prefix.length
        && Arrays.equals(bytes, start, start + prefix.length, prefix, 0, prefix.length);
  }

  private boolean endsEvent() {
    return LineReader.endsEvent(bytes, start, start + length);
  }

  private int indexOf(char wanted) {
    for (int i = 0; i < length; i++) {
      if (bytes[start + i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Gathers lines until the event's end tag, at which the line reader ends a line. */
  private void readEvent() throws IOException {
    if (endsEvent()) {
      return;
    }
    gather();
    boolean complete = false;
    while (!complete && nextLine(true)) {
      take();
      if (startsWithEvent() || isJson()) {
        lineIsWaiting = true;
        break;
      }
      complete = endsEvent() || (lines.isTooLong() && lines.isContinued());
      gather();
    }
    if (!complete && flaw == null) {
      flaw = "an Event element without an end tag";
    }
    takeGathered();
  }

  /** Gathers lines until another record begins. */
  private void readText() throws IOException {
    gather();
    int end = gathered.size();
    while (nextLine(false)) {
      take();
      if (isDate() || startsWithEvent() || isJson()) {
        lineIsWaiting = true;
        break;
      }
      gather();
      if (!lines.isBlank()) {
        end = gathered.size();
      }
    }
    takeGathered();
    // Blank lines between two records belong to neither.
    length = Math.min(length, end);
  }

  private void gather() {
    if (lines.isTooLong() || gathered.size() + length > LogReader.LONGEST_RECORD) {
      flaw = tooLong();
      gathered.reset();
    }
    if (flaw == null) {
      gathered.write(bytes, start, length);
      gathered.write('\n');
    }
  }

  private void takeGathered() {
    bytes = gathered.toByteArray();
    start = 0;
    length = bytes.length;
    gathered.reset();
  }

  /**
   * Whether a line is a complete JSON object. A brace alone is not enough, because code in a script
   * block may begin with one.
   */
  private boolean isJson() {
    return isJson(bytes, start, length);
  }

  static boolean isJson(byte[] bytes, int start, int length) {
    return length > 2
        && bytes[start] == '{'
        && bytes[start + 1] == '"'
        && bytes[start + length - 1] == '}';
  }

  /** Whether a line is {@code MM/dd/yyyy hh:mm:ss AM} and nothing else. */
  private boolean isDate() {
    if (length < "MM/dd/yyyy hh:mm:ss AM".length() || bytes[start + 2] != '/') {
      return false;
    }
    String text = new String(bytes, start, Math.min(length, 32), StandardCharsets.ISO_8859_1);
    return text.strip().matches("\\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d(\\.\\d+)? [AP]M");
  }

  static String tooLong() {
    return "longer than " + (LogReader.LONGEST_RECORD >> 20) + " MiB, skipped";
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Returns the array that contains the record from {@link #start()}; valid until the next call of
   * {@link #next()}.
   */
  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  /** Returns the number of the line on which the record begins, from 1. */
  long line() {
    return line;
  }

  /** Returns the offset in the stream at which the record begins, in bytes from 0. */
  long offset() {
    return offset;
  }

  /** Returns the number of lines read. */
  long linesRead() {
    return lines.number();
  }

  /** Returns the reason why the record is incomplete; null if it is complete. */
  @Nullable String flaw() {
    return flaw;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
