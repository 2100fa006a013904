package dev.iiswarden.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a log into records. A JSON record is one line. An XML event spans any number of lines
 * between its tags. A record of Splunk's text extends from its date to the next. Any other line is
 * a record of its own, for the decoder to report. Not safe for use by several threads.
 */
final class RecordReader implements AutoCloseable {
  private static final byte[] EVENT = ascii("<Event");
  private static final byte[] EVENT_END = ascii("</Event>");
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

  private final LineReader lines;
  private final boolean isMessage;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private byte[] bytes = {};
  private int start;
  private int length;
  private long line;
  private long offset;
  private @Nullable String flaw;
  private boolean lineIsWaiting;

  RecordReader(InputStream in) {
    lines = new LineReader(in);
    isMessage = false;
  }

  /** Creates a reader of a message, in which a JSON object may span several lines. */
  RecordReader(byte[] message) {
    lines = new LineReader(message);
    isMessage = true;
  }

  /**
   * Advances to the next record.
   *
   * @return whether there is a next record
   * @throws IOException if the stream breaks off; earlier records are not affected
   */
  boolean next() throws IOException {
    flaw = null;
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
      if (length > 0) {
        offset = lines.streamOffset(start);
        if (isMessage && bytes[start] == '{' && !isJson()) {
          lines.extendToEnd();
          length = lines.start() + lines.length() - start;
        } else if (startsWithEvent()) {
          readEvent();
        } else if (isDate()) {
          readText();
        }
        return true;
      }
    }
    return false;
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
    return startsWithTag(EVENT);
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
    int end = start + length;
    return length >= EVENT_END.length
        && Arrays.equals(bytes, end - EVENT_END.length, end, EVENT_END, 0, EVENT_END.length);
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

  private static String tooLong() {
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
