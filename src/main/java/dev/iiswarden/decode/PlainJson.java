package dev.iiswarden.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A fast reader for plain JSON records: no escapes in keys, no fractions, no characters outside the
 * Basic Multilingual Plane. Nearly all Windows events are plain. The reader declines a record that
 * holds anything else or is malformed, and Jackson reads it from its start. A record that the
 * reader accepts is valid JSON to Jackson, too, and has the same fields.
 *
 * <p>The reader is written by hand because a general parser takes longer to tokenise a record than
 * all later steps take together. Half of a record's bytes are text that no mapping reads; the
 * reader skips them eight bytes at a time. The benchmark prints both times.
 */
final class PlainJson {
  private static final int DECLINED = -1;

  /** Deeper than any event nests. */
  private static final int DEEPEST = 16;

  /** Longer than any key of an event, and accepted by Jackson. */
  private static final int LONGEST_KEY = 1_000;

  /** Any number with at most this many digits fits into a long. */
  private static final int MOST_DIGITS = 18;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long BLANKS = ONES * ' ';

  private final byte[] record;
  private final FieldValues values;

  private PlainJson(byte[] record, FieldValues values) {
    this.record = record;
    this.values = values;
  }

  /**
   * Reads a record.
   *
   * @param values receives the field values; meaningless if the record is declined
   * @return false if the record is declined and Jackson must read it
   */
  static boolean read(byte[] record, FieldTree fields, FieldValues values) {
    PlainJson json = new PlainJson(record, values);
    int at = json.pastBlanks(0);
    if (json.byteAt(at) != '{') {
      return false;
    }
    at = json.object(at + 1, fields, 1);
    return at != DECLINED && json.pastBlanks(at) == record.length;
  }

  /** Reads from after the opening brace to after the closing one. */
  private int object(int start, @Nullable FieldTree fields, int depth) {
    int at = pastBlanks(start);
    if (byteAt(at) == '}') {
      return at + 1;
    }
    while (byteAt(at) == '"') {
      int key = at + 1;
      int keyEnd = endOfPlain(key);
      if (byteAt(keyEnd) != '"' || keyEnd - key > LONGEST_KEY) {
        return DECLINED;
      }
      at = pastBlanks(keyEnd + 1);
      if (byteAt(at) != ':') {
        return DECLINED;
      }
      FieldTree found =
          fields == null || values.isOfNoInterest() ? null : fields.get(record, key, keyEnd);
      at = value(pastBlanks(at + 1), found, depth);
      if (at == DECLINED) {
        return DECLINED;
      }
      at = pastBlanks(at);
      if (byteAt(at) == '}') {
        return at + 1;
      }
      if (byteAt(at) != ',') {
        return DECLINED;
      }
      at = pastBlanks(at + 1);
    }
    return DECLINED;
  }

  private int array(int start, @Nullable FieldTree fields, int depth) {
    int at = pastBlanks(start);
    if (byteAt(at) == ']') {
      return at + 1;
    }
    while (true) {
      at = value(at, fields, depth);
      if (at == DECLINED) {
        return DECLINED;
      }
      at = pastBlanks(at);
      if (byteAt(at) == ']') {
        return at + 1;
      }
      if (byteAt(at) != ',') {
        return DECLINED;
      }
      at = pastBlanks(at + 1);
    }
  }

  private int value(int at, @Nullable FieldTree fields, int depth) {
    Field field = fields == null ? null : fields.field();
    return switch (byteAt(at)) {
      case '"' -> string(at, field);
      case '{' -> depth == DEEPEST ? DECLINED : object(at + 1, fields, depth + 1);
      case '[' -> depth == DEEPEST ? DECLINED : array(at + 1, fields, depth + 1);
      case 't' -> literal(at, "true", field);
      case 'f' -> literal(at, "false", field);
      case 'n' -> literal(at, "null", null);
      default -> integer(at, field);
    };
  }

  private int string(int quote, @Nullable Field field) {
    int plainEnd = endOfPlain(quote + 1);
    int end = plainEnd;
    while (byteAt(end) == '\\' || byteAt(end) < 0) {
      int next = byteAt(end) < 0 ? pastCharacter(end) : pastEscape(end);
      if (next == DECLINED) {
        return DECLINED;
      }
      end = endOfPlain(next);
    }
    if (byteAt(end) != '"') {
      return DECLINED;
    }
    if (field != null) {
      if (!field.isReadAtOnce()) {
        values.addPlace(field, quote);
      } else if (end == plainEnd) {
        int length = end - quote - 1;
        add(field, new String(record, quote + 1, length, StandardCharsets.ISO_8859_1));
      } else {
        add(field, JsonStrings.read(record, quote));
      }
    }
    return end + 1;
  }

  private int pastEscape(int backslash) {
    return switch (byteAt(backslash + 1)) {
      case '\\', '"', '/', 'b', 'f', 'n', 'r', 't' -> backslash + 2;
      case 'u' -> {
        for (int i = 2; i < 6; i++) {
          if (Character.digit(byteAt(backslash + i), 16) < 0) {
            yield DECLINED;
          }
        }
        yield backslash + 6;
      }
      default -> DECLINED;
    };
  }

  /** Skips a character of two or three bytes. */
  private int pastCharacter(int first) {
    int lead = byteAt(first) & 0xFF;
    if (lead >= 0xC2 && lead < 0xE0 && isContinuation(first + 1)) {
      return first + 2;
    }
    return (lead & 0xF0) == 0xE0 && isContinuation(first + 1) && isContinuation(first + 2)
        ? first + 3
        : DECLINED;
  }

  private boolean isContinuation(int at) {
    return (byteAt(at) & 0xC0) == 0x80;
  }

  /**
   * Returns the index of the first byte that is not an ordinary string character, or the record's
   * end.
   */
  private int endOfPlain(int start) {
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

  private int integer(int start, @Nullable Field field) {
    boolean negative = byteAt(start) == '-';
    int digits = negative ? start + 1 : start;
    int end = digits;
    long number = 0;
    while (byteAt(end) >= '0' && byteAt(end) <= '9') {
      number = number * 10 + byteAt(end) - '0';
      end++;
    }
    // Jackson rejects leading zeros, and minus zero is kept as text.
    boolean isOdd = end == digits || (byteAt(digits) == '0' && end > digits + (negative ? 0 : 1));
    if (isOdd || end - digits > MOST_DIGITS + 1 || !isEndOfValue(end)) {
      return DECLINED;
    }
    if (field != null) {
      if (end - digits > MOST_DIGITS) {
        return DECLINED;
      }
      add(field, negative ? -number : number);
    }
    return end;
  }

  private int literal(int start, String text, @Nullable Field field) {
    for (int i = 1; i < text.length(); i++) {
      if (byteAt(start + i) != text.charAt(i)) {
        return DECLINED;
      }
    }
    int end = start + text.length();
    if (!isEndOfValue(end)) {
      return DECLINED;
    }
    if (field != null) {
      add(field, text);
    }
    return end;
  }

  private void add(Field field, Object value) {
    values.add(field, value);
    if (field == Field.EVENT_ID || field == Field.SYSTEM_EVENT_ID) {
      WindowsMapping.noteInterest(values, field);
    }
  }

  private boolean isEndOfValue(int at) {
    byte next = byteAt(at);
    return next == ',' || next == '}' || next == ']' || isBlank(next);
  }

  private int pastBlanks(int start) {
    int at = start;
    while (isBlank(byteAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Returns the byte at an index, or 0, which never occurs in JSON, beyond the end. */
  private byte byteAt(int at) {
    return at < record.length ? record[at] : 0;
  }
}
