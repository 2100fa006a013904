package dev.iiswarden.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits a stream into lines without making text of them. A line longer than the limit is skipped
 * to its end, in bounded memory. The end tag of an XML event ends a line, too, because exported
 * logs have all their events on one. Not safe for use by several threads.
 */
final class LineReader implements AutoCloseable {
  private static final byte[] EVENT_END = "</Event>".getBytes(StandardCharsets.US_ASCII);

  /** What a line holds, by its first character. */
  private enum Content {
    UNKNOWN,
    XML,
    TEXT
  }

  private final InputStream in;
  private byte[] buffer;

  /** Where in the stream the buffer begins. */
  private long bufferOffset;

  private int filled;
  private int next;
  private int start;
  private int length;
  private long number;
  private boolean tooLong;
  private boolean continued;
  private long linesEnded;
  private boolean ended;

  LineReader(InputStream in) {
    this.in = in;
    buffer = new byte[1 << 16];
  }

  /** Reads lines of what is in memory already. */
  LineReader(byte[] content) {
    in = InputStream.nullInputStream();
    buffer = content;
    filled = content.length;
    ended = true;
  }

  /**
   * Goes to the next line.
   *
   * @param insideEvent whether the line before was of an XML event that has not ended
   * @return whether there is one
   * @throws IOException if the stream breaks off; lines before are not affected
   */
  boolean next(boolean insideEvent) throws IOException {
    start = next;
    tooLong = false;
    Content content = insideEvent ? Content.XML : Content.UNKNOWN;
    int searched = next;
    while (true) {
      if (content == Content.UNKNOWN) {
        while (searched < filled && isBlank(buffer[searched])) {
          searched++;
        }
        if (searched < filled) {
          content = buffer[searched] == '<' ? Content.XML : Content.TEXT;
        }
      }
      for (int i = searched; i < filled; i++) {
        byte c = buffer[i];
        if (c == '\n') {
          return found(i, i + 1, false);
        }
        if (c == '>' && content == Content.XML && endsEvent(i)) {
          return found(i + 1, i + 1, true);
        }
      }
      searched = filled;
      if (ended) {
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

  /** Goes to the next line. */
  boolean next() throws IOException {
    return next(false);
  }

  private boolean endsEvent(int last) {
    int first = last - EVENT_END.length + 1;
    return first >= start && Arrays.equals(buffer, first, last + 1, EVENT_END, 0, EVENT_END.length);
  }

  private boolean found(int end, int following, boolean followedOnTheSameLine) {
    number = linesEnded + 1;
    linesEnded += followedOnTheSameLine ? 0 : 1;
    continued = followedOnTheSameLine;
    next = following;
    length = end - start;
    tooLong |= length > LogReader.LONGEST_RECORD;
    if (length > 0 && buffer[start + length - 1] == '\r') {
      length--;
    }
    return true;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  /** Returns by how much the content moved towards the beginning. */
  private int makeRoom() {
    int moved = start;
    if (filled - start > LogReader.LONGEST_RECORD) {
      tooLong = true;
      // The end tag of an event may just have begun.
      moved = filled - EVENT_END.length;
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

  /** Holds the line, from {@link #start()}; good until the next call of {@link #next()}. */
  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  /** Where in the stream a place in the buffer is, in bytes from 0. */
  long streamOffset(int place) {
    return bufferOffset + place;
  }

  /** Takes all that follows as part of the line; only for what is in memory. */
  void extendToEnd() {
    length = filled - start;
    next = filled;
  }

  /** The line's number, from 1. */
  long number() {
    return number;
  }

  /** Whether the line was longer than the limit, and so is not there. */
  boolean isTooLong() {
    return tooLong;
  }

  /** Whether more follows on the line of the text, after the end tag of an event. */
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
