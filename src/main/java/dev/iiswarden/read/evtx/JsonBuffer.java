package dev.iiswarden.read.evtx;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of JSON in UTF-8, reused from record to record. */
final class JsonBuffer {
  /** The length of the longest record in bytes; far more than the 64 KiB of a chunk expand to. */
  static final int LIMIT = 16 << 20;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The longest form of one UTF-16 unit: an escape such as \u001f. */
  private static final int LONGEST_UNIT = 6;

  private static final int LONGEST_NUMBER = 20;

  private byte[] bytes = new byte[1 << 12];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Drops what was written after the first so many bytes. */
  void truncate(int to) {
    length = to;
  }

  /** Removes one byte. */
  void remove(int at) {
    System.arraycopy(bytes, at + 1, bytes, at, length - at - 1);
    length--;
  }

  void put(char ascii) throws BrokenRecordException {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  /** Appends bytes as they are. */
  void put(byte[] json) throws BrokenRecordException {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, length, json.length);
    length += json.length;
  }

  /** Appends ASCII text as it is. */
  void put(String ascii) throws BrokenRecordException {
    reserve(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
  }

  /** Appends a comma unless this is the first member of an object or element of an array. */
  void comma() throws BrokenRecordException {
    byte last = bytes[length - 1];
    if (last != '{' && last != '[') {
      put(',');
    }
  }

  void signed(long value) throws BrokenRecordException {
    if (value < 0) {
      put('-');
      // The smallest long is its own negative, which as an unsigned number is right.
      unsigned(-value);
    } else {
      unsigned(value);
    }
  }

  void unsigned(long value) throws BrokenRecordException {
    reserve(LONGEST_NUMBER);
    if (value < 0) {
      put(Long.toUnsignedString(value));
      return;
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    padded(value, digits);
  }

  /** Appends the last digits of a number that is not negative. */
  void padded(long value, int digits) throws BrokenRecordException {
    reserve(digits);
    long rest = value;
    for (int i = digits - 1; i >= 0; i--) {
      bytes[length + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** Appends an unsigned number in hexadecimal, without leading zeros. */
  void hex(long value) throws BrokenRecordException {
    reserve(2 * Long.BYTES);
    int shift = (63 - Long.numberOfLeadingZeros(value | 1)) & ~3;
    for (; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(int) (value >>> shift) & 0xf];
    }
  }

  /** Appends the two upper-case hexadecimal digits of a byte. */
  void hexByte(int value) throws BrokenRecordException {
    reserve(2);
    bytes[length++] = upper(value >> 4 & 0xf);
    bytes[length++] = upper(value & 0xf);
  }

  private static byte upper(int digit) {
    return (byte) (digit < 10 ? '0' + digit : 'A' + digit - 10);
  }

  /** Appends UTF-16 text of so many bytes, escaped for use inside quotes. */
  void utf16(byte[] from, int start, int size) throws BrokenRecordException {
    int end = start + (size & ~1);
    reserve((end - start) / 2 * LONGEST_UNIT);
    byte[] to = bytes;
    int at = length;
    for (int i = start; i < end; i += 2) {
      int unit = (from[i] & 0xff) | (from[i + 1] & 0xff) << 8;
      if (unit >= ' ' && unit < 0x7f && unit != '"' && unit != '\\') {
        to[at++] = (byte) unit;
      } else if (Character.isHighSurrogate((char) unit) && i + 3 < end) {
        int low = (from[i + 2] & 0xff) | (from[i + 3] & 0xff) << 8;
        if (Character.isLowSurrogate((char) low)) {
          int point = Character.toCodePoint((char) unit, (char) low);
          to[at++] = (byte) (0xf0 | point >> 18);
          to[at++] = (byte) (0x80 | (point >> 12 & 0x3f));
          to[at++] = (byte) (0x80 | (point >> 6 & 0x3f));
          to[at++] = (byte) (0x80 | (point & 0x3f));
          i += 2;
        } else {
          at = unusual(unit, at);
        }
      } else {
        at = unusual(unit, at);
      }
    }
    length = at;
  }

  /** Appends one character of the Basic Multilingual Plane, escaped for use inside quotes. */
  void character(int unit) throws BrokenRecordException {
    reserve(LONGEST_UNIT);
    length = unusual(unit, length);
  }

  /**
   * Replaces the lone surrogates of a member's name, which begins at this offset, by U+FFFD.
   * Jackson reads them in values but not in names.
   */
  void replaceSurrogates(int start) {
    int to = start;
    int at = start;
    while (at < length) {
      boolean isEscape = bytes[at] == '\\';
      if (isEscape && bytes[at + 1] == 'u' && bytes[at + 2] == 'd' && bytes[at + 3] >= '8') {
        bytes[to++] = (byte) 0xef;
        bytes[to++] = (byte) 0xbf;
        bytes[to++] = (byte) 0xbd;
        at += LONGEST_UNIT;
      } else {
        bytes[to++] = bytes[at++];
        if (isEscape) {
          bytes[to++] = bytes[at++];
        }
      }
    }
    length = to;
  }

  /** Writes any UTF-16 unit; a surrogate is written as one that stands alone. */
  private int unusual(int unit, int start) {
    byte[] to = bytes;
    int at = start;
    if (unit == '"' || unit == '\\') {
      to[at++] = '\\';
      to[at++] = (byte) unit;
    } else if (unit < ' ' || unit == 0x7f || isEscaped(unit)) {
      to[at++] = '\\';
      switch (unit) {
        case '\n' -> to[at++] = 'n';
        case '\r' -> to[at++] = 'r';
        case '\t' -> to[at++] = 't';
        default -> {
          to[at++] = 'u';
          for (int shift = 12; shift >= 0; shift -= 4) {
            to[at++] = HEX[unit >> shift & 0xf];
          }
        }
      }
    } else if (unit < 0x80) {
      to[at++] = (byte) unit;
    } else if (unit < 0x800) {
      to[at++] = (byte) (0xc0 | unit >> 6);
      to[at++] = (byte) (0x80 | (unit & 0x3f));
    } else {
      to[at++] = (byte) (0xe0 | unit >> 12);
      to[at++] = (byte) (0x80 | (unit >> 6 & 0x3f));
      to[at++] = (byte) (0x80 | (unit & 0x3f));
    }
    return at;
  }

  /**
   * Whether a unit is escaped although it is no control character: a surrogate that stands alone,
   * which UTF-8 cannot hold, and the separators that some readers take for the end of a line.
   */
  private static boolean isEscaped(int unit) {
    return Character.isSurrogate((char) unit) || unit == 0x2028 || unit == 0x2029 || unit == 0x85;
  }

  private void reserve(int count) throws BrokenRecordException {
    if (count > bytes.length - length) {
      if (count > LIMIT - length) {
        throw new BrokenRecordException("it expands to more than " + (LIMIT >> 20) + " MiB");
      }
      bytes = Arrays.copyOf(bytes, Math.min(LIMIT, Math.max(2 * bytes.length, length + count)));
    }
  }
}
