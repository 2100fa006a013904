package dev.iiswarden.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream into lines without making text of them. A line longer than the limit is skipped
 * to its end, in bounded memory. Not safe for use by several threads.
 */
final class LineReader implements AutoCloseable {
  static final int LONGEST_LINE = 16 << 20;

  private final InputStream in;
  private byte[] buffer = new byte[1 << 16];
  private int filled;
  private int next;
  private int start;
  private int length;
  private long number;
  private boolean tooLong;
  private boolean ended;

  LineReader(InputStream in) {
    this.in = in;
  }

  /**
   * Goes to the next line.
   *
   * @return whether there is one
   * @throws IOException if the stream breaks off; lines before are not affected
   */
  boolean next() throws IOException {
    start = next;
    tooLong = false;
    int searched = next;
    while (true) {
      for (int i = searched; i < filled; i++) {
        if (buffer[i] == '\n') {
          return found(i, i + 1);
        }
      }
      searched = filled;
      if (ended) {
        return (tooLong || start < filled) && found(filled, filled);
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

  private boolean found(int end, int following) {
    number++;
    next = following;
    length = end - start;
    tooLong |= length > LONGEST_LINE;
    if (length > 0 && buffer[start + length - 1] == '\r') {
      length--;
    }
    return true;
  }

  /** Returns by how much the content moved towards the beginning. */
  private int makeRoom() {
    int moved = start;
    if (filled - start > LONGEST_LINE) {
      tooLong = true;
      moved = filled;
    } else if (start == 0 && filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    if (moved > 0) {
      System.arraycopy(buffer, moved, buffer, 0, filled - moved);
      filled -= moved;
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

  /** The line's number, from 1. */
  long number() {
    return number;
  }

  /** Whether the line was longer than the limit, and so is not there. */
  boolean isTooLong() {
    return tooLong;
  }

  boolean isBlank() {
    for (int i = start; i < start + length; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t') {
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
