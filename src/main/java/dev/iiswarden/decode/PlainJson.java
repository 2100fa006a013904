package dev.iiswarden.decode;

import static dev.iiswarden.decode.JsonScanner.byteAt;
import static dev.iiswarden.decode.JsonScanner.pastBlanks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A fast reader for plain JSON records: no escapes in keys, no fractions, no characters outside the
 * Basic Multilingual Plane. Nearly all Windows events are plain. The reader declines a record that
 * holds anything else or is malformed, and Jackson reads it from its start. A record that the
 * reader accepts is valid JSON to Jackson, too, and has the same fields.
 *
 * <p>The reader also notes the tokens of the record, so that {@link RecordTemplates} can read the
 * next record like it without looking at its structure again.
 */
final class PlainJson implements RecordSyntax {
  /** Deeper than any event nests. */
  private static final int DEEPEST = 16;

  /** Longer than any key of an event, and accepted by Jackson. */
  private static final int LONGEST_KEY = 1_000;

  private final FieldTree fields;

  PlainJson(FieldTree fields) {
    this.fields = fields;
  }

  @Override
  public boolean read(byte[] record, FieldValues values, RecordTokens tokens) {
    int at = pastBlanks(record, 0);
    if (byteAt(record, at) != '{') {
      return false;
    }
    at = new Pass(record, values, tokens).object(at + 1, fields, 1);
    return at != DECLINED && pastBlanks(record, at) == record.length;
  }

  @Override
  public long scan(byte[] record, int start, int differs, byte like, @Nullable Field field) {
    if (like == RecordTokens.SCALAR) {
      int end = JsonScanner.endOfScalar(record, start, field != null);
      return end == DECLINED ? DECLINED : RecordSyntax.found(end, like);
    }
    if (like == RecordTokens.TEXT) {
      return JsonScanner.string(record, start, RecordTokens.PLAIN);
    }
    int from = differs;
    if (like == RecordTokens.ESCAPED) {
      // An odd number of backslashes ends in the middle of an escape.
      int backslashes = from;
      while (backslashes > start && record[backslashes - 1] == '\\') {
        backslashes--;
      }
      from -= (from - backslashes) & 1;
    }
    return JsonScanner.string(record, from, like);
  }

  @Override
  public void add(FieldValues values, Field field, byte[] record, int start, int end, byte kind) {
    switch (kind) {
      case RecordTokens.PLAIN ->
          values.addText(
              field, new String(record, start, end - start, StandardCharsets.ISO_8859_1));
      case RecordTokens.SCALAR -> addScalar(values, field, record, start, end);
      default -> {
        JsonText text = new JsonText(Arrays.copyOfRange(record, start - 1, end + 1), 0);
        values.addText(field, field.isReadAtOnce() ? text.get() : text);
      }
    }
  }

  @Override
  public void addUnread(
      FieldValues values, Field field, byte[] record, int start, int end, byte kind) {
    if (kind == RecordTokens.SCALAR || (kind == RecordTokens.PLAIN && field.isReadAtOnce())) {
      add(values, field, record, start, end, kind);
    } else {
      JsonText text = new JsonText(record, start - 1);
      values.addText(field, field.isReadAtOnce() ? text.get() : text);
    }
  }

  private static void addScalar(
      FieldValues values, Field field, byte[] record, int start, int end) {
    switch (record[start]) {
      case 't' -> values.add(field, "true");
      case 'f' -> values.add(field, "false");
      case 'n' -> {}
      default -> values.add(field, integer(record, start, end));
    }
  }

  private static Long integer(byte[] record, int start, int end) {
    boolean negative = record[start] == '-';
    long number = 0;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      number = number * 10 + record[i] - '0';
    }
    return negative ? -number : number;
  }

  /** Reads one record. */
  private final class Pass {
    private final byte[] record;
    private final FieldValues values;
    private final RecordTokens tokens;

    private Pass(byte[] record, FieldValues values, RecordTokens tokens) {
      this.record = record;
      this.values = values;
      this.tokens = tokens;
    }

    /** Reads from after the opening brace to after the closing one. */
    private int object(int start, @Nullable FieldTree fields, int depth) {
      int at = pastBlanks(record, start);
      if (byteAt(record, at) == '}') {
        return at + 1;
      }
      while (byteAt(record, at) == '"') {
        int key = at + 1;
        int keyEnd = JsonScanner.endOfPlain(record, key);
        if (byteAt(record, keyEnd) != '"' || keyEnd - key > LONGEST_KEY) {
          return DECLINED;
        }
        at = pastBlanks(record, keyEnd + 1);
        if (byteAt(record, at) != ':') {
          return DECLINED;
        }
        FieldTree found = fields == null ? null : fields.get(record, key, keyEnd);
        at = value(pastBlanks(record, at + 1), found, depth);
        if (at == DECLINED) {
          return DECLINED;
        }
        at = pastBlanks(record, at);
        if (byteAt(record, at) == '}') {
          return at + 1;
        }
        if (byteAt(record, at) != ',') {
          return DECLINED;
        }
        at = pastBlanks(record, at + 1);
      }
      return DECLINED;
    }

    private int array(int start, @Nullable FieldTree fields, int depth) {
      int at = pastBlanks(record, start);
      if (byteAt(record, at) == ']') {
        return at + 1;
      }
      while (true) {
        at = value(at, fields, depth);
        if (at == DECLINED) {
          return DECLINED;
        }
        at = pastBlanks(record, at);
        if (byteAt(record, at) == ']') {
          return at + 1;
        }
        if (byteAt(record, at) != ',') {
          return DECLINED;
        }
        at = pastBlanks(record, at + 1);
      }
    }

    private int value(int at, @Nullable FieldTree fields, int depth) {
      Field field = fields == null ? null : fields.field();
      return switch (byteAt(record, at)) {
        case '"' -> string(at + 1, field);
        case '{' -> depth == DEEPEST ? DECLINED : object(at + 1, fields, depth + 1);
        case '[' -> depth == DEEPEST ? DECLINED : array(at + 1, fields, depth + 1);
        default -> {
          int end = JsonScanner.endOfScalar(record, at, field != null);
          yield end == DECLINED ? DECLINED : note(at, end, RecordTokens.SCALAR, field);
        }
      };
    }

    private int string(int start, @Nullable Field field) {
      long found = JsonScanner.string(record, start, RecordTokens.PLAIN);
      if (found == DECLINED) {
        return DECLINED;
      }
      return note(start, (int) found, (byte) (found >>> Integer.SIZE), field) + 1;
    }

    private int note(int start, int end, byte kind, @Nullable Field field) {
      tokens.add(start, end, kind, field);
      if (field != null && !values.isOfNoInterest()) {
        add(values, field, record, start, end, kind);
        if (values.has(field)) {
          WindowsMapping.noteInterest(values, field);
        }
      }
      return end;
    }
  }
}
