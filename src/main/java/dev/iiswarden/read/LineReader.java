package dev.iiswarden.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits a stream into lines of bytes. A line longer than the limit is skipped to its end in
 * bounded memory. The end tag of an XML event also ends a line, because exported logs may have all
 * their events on one line. Not safe for use by several threads.
 */
final class LineReader implements AutoCloseable {
  private static final byte[] EVENT_END = "Event>".getBytes(StandardCharsets.US_ASCII);

  /** No shorter than an end tag with a prefix. */
  private static final int LONGEST_END = 64;

  /** The length in bytes after which a line of JSON is handed over in parts. */
  private static final int LONGEST_PART = 1 << 20;

  /** The content of a line, determined by its first character. */
  private enum Content {
    UNKNOWN,
    XML,
    JSON,
    TEXT
  }

  private final InputStream in;
  private byte[] buffer;

  /** The offset in the stream at which the buffer begins. */
  private long bufferOffset;

  private int filled;
  private int next;
  private int start;
  private int length;
  private long number;
  private boolean tooLong;
  private boolean continued;
  private boolean partial;
  private long linesEnded;
  private boolean ended;

  LineReader(InputStream in) {
    this.in = in;
    buffer = new byte[1 << 16];
  }

  /** Creates a reader of content that is in memory. */
  LineReader(byte[] content) {
    in = InputStream.nullInputStream();
    buffer = content;
    filled = content.length;
    ended = true;
  }

  /**
   * Advances to the next line.
   *
   * @param insideEvent whether the previous line belongs to an XML event that has not ended
   * @return whether there is a next line
   * @throws IOException if the stream breaks off; earlier lines are not affected
   */
  boolean next(boolean insideEvent) throws IOException {
    start = next;
    tooLong = false;
    Content content = insideEvent ? Content.XML : partial ? Content.JSON : Content.UNKNOWN;
    int searched = next;
    while (true) {
      if (content == Content.UNKNOWN) {
        while (searched < filled && isBlank(buffer[searched])) {
          searched++;
        }
        if (searched < filled) {
          content = contentOf(buffer[searched]);
        }
      }
      for (int i = searched; i < filled; i++) {
        byte c = buffer[i];
        if (c == '\n') {
          partial = false;
          return found(i, i + 1, false);
        }
        if (c == '>' && content == Content.XML && endsEvent(i)) {
          return found(i + 1, i + 1, true);
        }
      }
      searched = filled;
      if (content == Content.JSON && filled - start >= LONGEST_PART) {
        partial = true;
        return found(filled, filled, true);
      }
      if (ended) {
        partial = false;
        return (tooLong || start < filled) && found(filled, filled, false);
      }
      int moved = makeRoom();
      searched -= moved;
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        ended = true;
      } else {
        filled += read;
      }
    }
  }

  private static Content contentOf(byte first) {
    return switch (first) {
      case '<' -> Content.XML;
      case '{', '[', ',' -> Content.JSON;
      default -> Content.TEXT;
    };
  }

  /** Advances to the next line. */
  boolean next() throws IOException {
    return next(false);
  }

  private boolean endsEvent(int last) {
    return endsEvent(buffer, start, last + 1);
  }

  /** Whether a text ends with the end tag of an event, with or without a prefix. */
  static boolean endsEvent(byte[] text, int start, int end) {
    int at = end - EVENT_END.length;
    if (at < start || !Arrays.equals(text, at, end, EVENT_END, 0, EVENT_END.length)) {
      return false;
    }
    at--;
    if (at > start && text[at] == ':') {
      at--;
      while (at > start && isNameCharacter(text[at])) {
        at--;
      }
    }
    return at > start && text[at] == '/' && text[at - 1] == '<';
  }

  private static boolean isNameCharacter(byte c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  private boolean found(int end, int following, boolean followedOnTheSameLine) {
    number = linesEnded + 1;
    linesEnded += followedOnTheSameLine ? 0 : 1;
    continued = followedOnTheSameLine;
    next = following;
    length = end - start;
    tooLong |= length > LogReader.LONGEST_RECORD;
    if (length > 0 && !partial && buffer[start + length - 1] == '\r') {
      length--;
    }
    return true;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  /** Returns by how many bytes the content moved towards the beginning of the buffer. */
  private int makeRoom() {
    int moved = start;
    if (filled - start > LogReader.LONGEST_RECORD) {
      tooLong = true;
      // The end tag of an event may have started at the end of the buffer.
      moved = filled - LONGEST_END;
    } else if (start == 0 && filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    if (moved > 0) {
      System.arraycopy(buffer, moved, buffer, 0, filled - moved);
      filled -= moved;
      bufferOffset += moved;
      start = 0;
      next = 0;
    }
    return moved;
  }

  /**
   * Returns the array that contains the line from {@link #start()}; valid until the next call of
   * {@link #next()}.
   */
  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  /** Returns the offset in the stream of an index in the buffer, in bytes from 0. */
  long streamOffset(int place) {
    return bufferOffset + place;
  }

  /** Returns the line's number, from 1. */
  long number() {
    return number;
  }

  /** Whether the line exceeded the limit and was skipped. */
  boolean isTooLong() {
    return tooLong;
  }

  /** Whether this is a part of a long line of JSON, and the next call returns what follows. */
  boolean isPartial() {
    return partial;
  }

  /** Whether the same line of text continues after the end tag of an event. */
  boolean isContinued() {
    return continued;
  }

  boolean isBlank() {
    for (int i = start; i < start + length; i++) {
      if (!isBlank(buffer[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
