package dev.iiswarden.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The UTF-8 of UTF-16 text, without the byte order mark. A surrogate without its other half, and
 * half a character at the end, become U+FFFD. Java's decoder would drop the character after such a
 * surrogate, which may end a line. Not safe for use by several threads.
 */
final class Utf16Stream extends InputStream {
  /** The number of bytes by which {@link #order} recognises UTF-16. */
  static final int MARK_LENGTH = 4;

  private static final int MARK = 0xfeff;
  private static final int REPLACEMENT = 0xfffd;

  private final InputStream in;
  private final boolean bigEndian;
  private final byte[] raw = new byte[1 << 13];
  private int rawLength;
  // A unit takes three bytes at most, and a surrogate that waits for its other half three more.
  private final byte[] text = new byte[raw.length / 2 * 3 + 6];
  private int next;
  private int length;
  private char high;
  private boolean isFirst = true;
  private boolean hasEnded;

  Utf16Stream(InputStream in, ByteOrder order) {
    this.in = in;
    bigEndian = order == ByteOrder.BIG_ENDIAN;
  }

  /**
   * Returns the byte order of text with these first bytes; null if it is not UTF-16. Without a byte
   * order mark, it is if one byte of each of the first two characters is zero, as in ASCII.
   */
  static @Nullable ByteOrder order(byte[] start) {
    int mark = start.length < 2 ? 0 : (start[0] & 0xff) << 8 | (start[1] & 0xff);
    if (mark == MARK) {
      return ByteOrder.BIG_ENDIAN;
    }
    if (mark == 0xfffe) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    boolean alternates =
        start.length >= MARK_LENGTH
            && (start[0] == 0) != (start[1] == 0)
            && (start[0] == 0) == (start[2] == 0)
            && (start[1] == 0) == (start[3] == 0);
    if (!alternates) {
      return null;
    }
    return start[0] == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** Returns the UTF-8 of a text in memory. */
  static byte[] utf8(byte[] text, ByteOrder order) {
    try (InputStream in = new Utf16Stream(new ByteArrayInputStream(text), order)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be read", e);
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? text[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] to, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int copied = Math.min(count, length - next);
    System.arraycopy(text, next, to, offset, copied);
    next += copied;
    return copied;
  }

  /** Provides text; false at the end. */
  private boolean fill() throws IOException {
    while (next == length && !hasEnded) {
      next = 0;
      length = 0;
      int count = in.read(raw, rawLength, raw.length - rawLength);
      if (count < 0) {
        hasEnded = true;
        end();
      } else {
        rawLength += count;
        convert();
      }
    }
    return next < length;
  }

  private void convert() {
    int whole = rawLength & ~1;
    for (int i = 0; i < whole; i += 2) {
      int first = raw[i] & 0xff;
      int second = raw[i + 1] & 0xff;
      unit((char) (bigEndian ? first << 8 | second : second << 8 | first));
    }
    if (rawLength > whole) {
      raw[0] = raw[whole];
    }
    rawLength -= whole;
  }

  private void unit(char unit) {
    boolean isMark = isFirst && unit == MARK;
    isFirst = false;
    if (isMark) {
      return;
    }
    char before = high;
    high = 0;
    if (before != 0) {
      if (Character.isLowSurrogate(unit)) {
        put(Character.toCodePoint(before, unit));
        return;
      }
      put(REPLACEMENT);
    }
    if (Character.isHighSurrogate(unit)) {
      high = unit;
    } else {
      put(Character.isLowSurrogate(unit) ? REPLACEMENT : unit);
    }
  }

  private void end() {
    if (high != 0 || rawLength > 0) {
      put(REPLACEMENT);
    }
  }

  private void put(int character) {
    if (character < 0x80) {
      text[length++] = (byte) character;
      return;
    }
    if (character < 0x800) {
      text[length++] = (byte) (0xc0 | character >> 6);
    } else {
      if (character < 0x10000) {
        text[length++] = (byte) (0xe0 | character >> 12);
      } else {
        text[length++] = (byte) (0xf0 | character >> 18);
        text[length++] = (byte) (0x80 | (character >> 12 & 0x3f));
      }
      text[length++] = (byte) (0x80 | (character >> 6 & 0x3f));
    }
    text[length++] = (byte) (0x80 | (character & 0x3f));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
