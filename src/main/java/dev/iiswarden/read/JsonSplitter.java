package dev.iiswarden.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Splits JSON that is not one object a line: objects over several lines or one after the other, and
 * arrays, whose elements are records. A document that is longer than {@link #LONGEST_WHOLE} and
 * holds an array of objects, such as the response to a search, is not kept as a whole: the elements
 * of that array are its records. Memory is bounded by the longest record.
 *
 * <p>It follows strings and brackets only; whether the text is JSON, the decoder finds out. A line
 * that cannot continue the document shows that the document was cut off. Not safe for use by
 * several threads.
 */
final class JsonSplitter {
  /** The length in bytes up to which a document is one record, whatever it holds. */
  private static final int LONGEST_WHOLE = 1 << 20;

  private static final String CUT_OFF = "a JSON document without its end";

  private final LineReader lines;
  private byte[] window = new byte[1 << 12];
  private int filled;
  private int scanned;

  /** Where in the window the last line or part of one begins, and where it does in the reader. */
  private int chunkStart;

  private int chunkSource;
  private long scannedLine;

  /** Where in the window the record begins; -1 between records. */
  private int start = -1;

  private int end;
  private long line;
  private long offset;
  private @Nullable String flaw;
  private int depth;

  /** The depth at which records begin, if the array around them is open. */
  private int base;

  private boolean isBetweenElements;
  private final Deque<Integer> outerBases = new ArrayDeque<>();

  /** Where in the window the first array of objects in the record has its first; -1 if nowhere. */
  private int elements = -1;

  private int elementsDepth;
  private boolean arrayHasJustBegun;
  private boolean inString;
  private boolean escaped;
  private boolean isOpen;
  private boolean isTooLong;
  private boolean lineIsLeft;
  private boolean lineIsPending;

  JsonSplitter(LineReader lines) {
    this.lines = lines;
  }

  /** Whether a document has begun and not ended. */
  boolean isOpen() {
    return isOpen;
  }

  /** Whether the line reader's current line ended the last document and belongs to none. */
  boolean hasLeftLine() {
    return lineIsLeft;
  }

  /** Begins a document with the current line, from an index in the line reader's buffer. */
  void open(int from) {
    filled = 0;
    scanned = 0;
    start = -1;
    isOpen = true;
    lineIsPending = false;
    lineIsLeft = false;
    resetTo(0);
    outerBases.clear();
    scannedLine = lines.number();
    append(from);
  }

  private void resetTo(int level) {
    depth = level;
    base = level;
    isBetweenElements = true;
    inString = false;
    escaped = false;
    isTooLong = false;
    elements = -1;
    start = -1;
  }

  /**
   * Advances to the next record.
   *
   * @return whether there is one; otherwise the document has ended
   */
  boolean next() throws IOException {
    flaw = null;
    lineIsLeft = false;
    discard();
    if (lineIsPending) {
      lineIsPending = false;
      resetTo(base);
      scannedLine = lines.number();
      filled = 0;
      scanned = 0;
      append(lines.start());
    }
    while (isOpen) {
      if (scan()) {
        return true;
      }
      limit();
      if (scanned == filled && !readOn()) {
        return cutOff();
      }
    }
    return false;
  }

  /** Reads the next line or part of one; false if it does not belong to the record. */
  private boolean readOn() throws IOException {
    boolean isSameLine = lines.isPartial();
    if (!isSameLine && depth == 0) {
      isOpen = false;
      return start < 0;
    }
    discard();
    if (!lines.next(false)) {
      isOpen = false;
      return false;
    }
    if (!isSameLine && isForeign()) {
      isOpen = false;
      lineIsLeft = true;
      return false;
    }
    if (!isSameLine && start >= 0 && isWholeObject()) {
      lineIsPending = true;
      return false;
    }
    if (!isSameLine) {
      put((byte) '\n');
    }
    append(lines.start());
    return true;
  }

  private boolean cutOff() {
    if (start < 0) {
      return false;
    }
    end = filled;
    flaw = isTooLong ? RecordReader.tooLong() : CUT_OFF;
    scanned = filled;
    return true;
  }

  /** Scans to the end of a record; false at the end of what has been read. */
  private boolean scan() {
    while (scanned < filled) {
      byte c = window[scanned];
      if (c == '\n') {
        scannedLine++;
      }
      if (inString) {
        inString = escaped || c != '"';
        escaped = !escaped && c == '\\';
      } else if (c > ' ' && structure(c)) {
        scanned++;
        return true;
      }
      scanned++;
    }
    return false;
  }

  /** Follows a character outside strings; true if it ends a record. */
  private boolean structure(byte c) {
    boolean isFirst = arrayHasJustBegun;
    arrayHasJustBegun = false;
    switch (c) {
      case '"' -> inString = depth > 0;
      case '{' -> openObject(isFirst);
      case '[' -> openArray();
      case '}' -> {
        return closeObject();
      }
      case ']' -> closeArray();
      default -> {}
    }
    return false;
  }

  private void openObject(boolean isFirst) {
    if (start < 0 && !isBetweenElements && isFirst) {
      outerBases.push(base);
      base = depth;
      isBetweenElements = true;
    }
    if (start < 0 && isBetweenElements && depth == base) {
      begin();
    } else if (start >= 0 && elements < 0 && isFirst) {
      elements = scanned;
      elementsDepth = depth;
    }
    depth++;
  }

  private void begin() {
    start = scanned;
    line = scannedLine;
    offset = lines.streamOffset(chunkSource + scanned - chunkStart);
    elements = -1;
    isTooLong = false;
  }

  private void openArray() {
    if (start < 0 && isBetweenElements && depth == base) {
      base++;
    }
    depth++;
    arrayHasJustBegun = true;
  }

  private boolean closeObject() {
    if (depth == 0) {
      return false;
    }
    depth--;
    if (start >= 0 && depth == base) {
      end = scanned + 1;
      isTooLong |= end - start > LogReader.LONGEST_RECORD;
      flaw = isTooLong ? RecordReader.tooLong() : null;
      return true;
    }
    if (start < 0 && !outerBases.isEmpty() && depth == outerBases.peek()) {
      base = outerBases.pop();
      isBetweenElements = true;
    }
    return false;
  }

  private void closeArray() {
    if (depth == 0) {
      return;
    }
    depth--;
    if (start < 0 && depth < base) {
      isBetweenElements = outerBases.isEmpty();
      base = depth;
    }
  }

  /** Keeps the record within its bounds. */
  private void limit() {
    if (start < 0) {
      return;
    }
    if (filled - start > LONGEST_WHOLE && elements >= 0) {
      outerBases.push(base);
      base = elementsDepth;
      depth = elementsDepth;
      isBetweenElements = true;
      inString = false;
      escaped = false;
      for (int i = elements; i < scanned; i++) {
        scannedLine -= window[i] == '\n' ? 1 : 0;
      }
      scanned = elements;
      start = -1;
      elements = -1;
    } else if (filled - start > LogReader.LONGEST_RECORD) {
      isTooLong = true;
      filled = start;
      scanned = start;
    }
  }

  /** Drops what has been scanned and belongs to no record that is still open. */
  private void discard() {
    if (start >= 0 && end > start) {
      start = -1;
    }
    end = 0;
    int from = start < 0 ? scanned : start;
    System.arraycopy(window, from, window, 0, filled - from);
    filled -= from;
    scanned -= from;
    chunkStart -= from;
    elements -= elements < 0 ? 0 : from;
    start = start < 0 ? -1 : 0;
  }

  private void append(int from) {
    int length = lines.start() + lines.length() - from;
    grow(length);
    System.arraycopy(lines.buffer(), from, window, filled, length);
    chunkStart = filled;
    chunkSource = from;
    filled += length;
  }

  private void put(byte c) {
    grow(1);
    window[filled++] = c;
  }

  private void grow(int length) {
    if (filled + length > window.length) {
      window = Arrays.copyOf(window, Math.max(window.length * 2, filled + length));
    }
  }

  /** Whether the current line cannot continue a document. */
  private boolean isForeign() {
    if (inString) {
      return true;
    }
    int at = lines.start();
    int last = at + lines.length();
    byte[] buffer = lines.buffer();
    while (at < last && (buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == '\r')) {
      at++;
    }
    if (at == last || "\"{}[],:".indexOf(buffer[at]) >= 0) {
      return false;
    }
    String text =
        new String(buffer, at, Math.min(last - at, 40), StandardCharsets.ISO_8859_1).strip();
    return !text.matches("(-?[\\d.eE+-]+|true|false|null)\\s*[,}\\]]*.{0,3}");
  }

  /** Whether the current line is a complete object at the left margin. */
  private boolean isWholeObject() {
    return RecordReader.isJson(lines.buffer(), lines.start(), lines.length());
  }

  /**
   * Returns the array that contains the record from {@link #start()}; valid until the next call of
   * {@link #next()}.
   */
  byte[] bytes() {
    return window;
  }

  int start() {
    return start;
  }

  int length() {
    return end - start;
  }

  /** Returns the number of the line on which the record begins, from 1. */
  long line() {
    return line;
  }

  /** Returns the offset in the stream at which the record begins, in bytes from 0. */
  long offset() {
    return offset;
  }

  /** Returns the reason why the record is incomplete; null if it is complete. */
  @Nullable String flaw() {
    return flaw;
  }
}
