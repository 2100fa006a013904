package dev.iiswarden.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the ends of the values of plain JSON: no fractions, no characters outside the Basic
 * Multilingual Plane. What is found is valid JSON to Jackson, too.
 */
final class JsonScanner {
  static final int DECLINED = RecordSyntax.DECLINED;

  /** Any number with at most this many digits fits into a long. */
  private static final int MOST_DIGITS = 18;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long BLANKS = ONES * ' ';

  private JsonScanner() {}

  /**
   * Finds the quote that ends a string.
   *
   * @param start an index between two of its characters
   * @param before the kind of the text before
   * @return {@link RecordSyntax#found}, or {@link #DECLINED}
   */
  static long string(byte[] record, int start, byte before) {
    int end = endOfPlain(record, start);
    byte kind = before;
    for (byte next = byteAt(record, end); next != '"'; next = byteAt(record, end)) {
      int past;
      if (next == '\\') {
        past = pastEscape(record, end);
        kind =
            past == end + 2 && kind != RecordTokens.TEXT ? RecordTokens.ESCAPED : RecordTokens.TEXT;
      } else {
        past = next < 0 ? pastCharacter(record, end) : DECLINED;
        kind = RecordTokens.TEXT;
      }
      if (past == DECLINED) {
        return DECLINED;
      }
      end = endOfPlain(record, past);
    }
    return RecordSyntax.found(end, kind);
  }

  private static int pastEscape(byte[] record, int backslash) {
    return switch (byteAt(record, backslash + 1)) {
      case '\\', '"', '/', 'b', 'f', 'n', 'r', 't' -> backslash + 2;
      case 'u' -> {
        for (int i = 2; i < 6; i++) {
          if (Character.digit(byteAt(record, backslash + i), 16) < 0) {
            yield DECLINED;
          }
        }
        yield backslash + 6;
      }
      default -> DECLINED;
    };
  }

  /** Skips a character of two or three bytes. */
  private static int pastCharacter(byte[] record, int first) {
    int lead = byteAt(record, first) & 0xFF;
    if (lead >= 0xC2 && lead < 0xE0 && isContinuation(record, first + 1)) {
      return first + 2;
    }
    return (lead & 0xF0) == 0xE0
            && isContinuation(record, first + 1)
            && isContinuation(record, first + 2)
        ? first + 3
        : DECLINED;
  }

  private static boolean isContinuation(byte[] record, int at) {
    return (byteAt(record, at) & 0xC0) == 0x80;
  }

  /**
   * Returns the index of the first byte that is not an ordinary string character, or the record's
   * end.
   */
  static int endOfPlain(byte[] record, int start) {
    int at = start;
    while (at <= record.length - Long.BYTES) {
      long word = (long) WORD.get(record, at);
      // The lowest high bit that is set marks the first quote, backslash, control character or
      // non-ASCII byte. The higher ones may be wrong.
      long found =
          (((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | (word - BLANKS) | word)
              & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < record.length && record[at] >= ' ' && record[at] != '"' && record[at] != '\\') {
      at++;
    }
    return at;
  }

  /**
   * Returns the end of an integer or a literal.
   *
   * @param isRead whether a field has this place, so that an integer must fit into a long
   */
  static int endOfScalar(byte[] record, int start, boolean isRead) {
    int end =
        switch (byteAt(record, start)) {
          case 't' -> endOfLiteral(record, start, "true");
          case 'f' -> endOfLiteral(record, start, "false");
          case 'n' -> endOfLiteral(record, start, "null");
          default -> endOfInteger(record, start, isRead ? MOST_DIGITS : MOST_DIGITS + 1);
        };
    return end != DECLINED && isEndOfValue(byteAt(record, end)) ? end : DECLINED;
  }

  private static int endOfInteger(byte[] record, int start, int mostDigits) {
    boolean negative = byteAt(record, start) == '-';
    int digits = negative ? start + 1 : start;
    int end = digits;
    while (byteAt(record, end) >= '0' && byteAt(record, end) <= '9') {
      end++;
    }
    // Jackson rejects leading zeros, and minus zero is kept as text.
    boolean isOdd = end == digits || (record[digits] == '0' && end > digits + (negative ? 0 : 1));
    return isOdd || end - digits > mostDigits ? DECLINED : end;
  }

  private static int endOfLiteral(byte[] record, int start, String text) {
    for (int i = 1; i < text.length(); i++) {
      if (byteAt(record, start + i) != text.charAt(i)) {
        return DECLINED;
      }
    }
    return start + text.length();
  }

  private static boolean isEndOfValue(byte next) {
    return next == ',' || next == '}' || next == ']' || isBlank(next);
  }

  static int pastBlanks(byte[] record, int start) {
    int at = start;
    while (isBlank(byteAt(record, at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Returns the byte at an index, or 0, which never occurs in JSON, beyond the end. */
  static byte byteAt(byte[] record, int at) {
    return at < record.length ? record[at] : 0;
  }
}
