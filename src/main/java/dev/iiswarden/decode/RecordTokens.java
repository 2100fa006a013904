package dev.iiswarden.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of a record in their order: where each one is, of which kind it is, and the field to
 * which it belongs. All else in the record is its structure. Used by one thread at a time.
 */
final class RecordTokens {
  /** Text that stands for itself. */
  static final byte PLAIN = 0;

  /** Text that is plain except for escapes of two characters. */
  static final byte ESCAPED = 1;

  /** Any other text. */
  static final byte TEXT = 2;

  /** A number, true, false or null. */
  static final byte SCALAR = 3;

  /** More than an event has; a record with more is no template. */
  private static final int MOST = 500;

  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private byte[] kinds = new byte[64];
  private @Nullable Field[] fields = new @Nullable Field[64];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int start, int end, byte kind, @Nullable Field field) {
    if (size == starts.length) {
      if (size > MOST) {
        return;
      }
      int length = size * 2;
      starts = Arrays.copyOf(starts, length);
      ends = Arrays.copyOf(ends, length);
      kinds = Arrays.copyOf(kinds, length);
      fields = Arrays.copyOf(fields, length);
    }
    starts[size] = start;
    ends[size] = end;
    kinds[size] = kind;
    fields[size] = field;
    size++;
  }

  /** Whether all tokens of the record are here. */
  boolean isWhole() {
    return size <= MOST;
  }

  int size() {
    return size;
  }

  /** Returns a copy of the indexes of the values' first bytes. */
  int[] starts() {
    return Arrays.copyOf(starts, size);
  }

  /** Returns a copy of the indexes after the values' last bytes. */
  int[] ends() {
    return Arrays.copyOf(ends, size);
  }

  /** Returns a copy of the kinds of the values. */
  byte[] kinds() {
    return Arrays.copyOf(kinds, size);
  }

  /** Returns a copy of the fields to which the values belong; null for those of no field. */
  @Nullable Field[] fields() {
    return Arrays.copyOf(fields, size);
  }
}
