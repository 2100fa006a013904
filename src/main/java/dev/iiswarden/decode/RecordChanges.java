package dev.iiswarden.decode;

import java.util.Arrays;

/**
 * The values of a record that differ from those of its template, in their order: which they are, of
 * which kind, and where in the record. Used by one thread at a time.
 */
final class RecordChanges {
  private int[] values = new int[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private byte[] kinds = new byte[64];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int value, int start, int end, byte kind) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      kinds = Arrays.copyOf(kinds, size * 2);
    }
    values[size] = value;
    starts[size] = start;
    ends[size] = end;
    kinds[size] = kind;
    size++;
  }

  int size() {
    return size;
  }

  int value(int change) {
    return values[change];
  }

  int start(int change) {
    return starts[change];
  }

  int end(int change) {
    return ends[change];
  }

  byte kind(int change) {
    return kinds[change];
  }
}
