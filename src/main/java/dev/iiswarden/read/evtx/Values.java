package dev.iiswarden.read.evtx;

import java.util.Arrays;

/**
 * The values of the template instances that are being rendered, a stack: an instance that is a
 * value of another lies above it.
 */
final class Values {
  private final Chunk chunk;
  private int[] types = new int[256];
  private int[] starts = new int[256];
  private int[] sizes = new int[256];
  private int top;
  private int base;

  Values(Chunk chunk) {
    this.chunk = chunk;
  }

  void clear() {
    base = 0;
    top = 0;
  }

  /** Returns what {@link #leave} needs to return to the present instance. */
  int base() {
    return base;
  }

  /** Reads the values of an instance, and returns the offset after them. */
  int enter(int start, int end) throws BrokenRecordException {
    int count = chunk.i32(start);
    int descriptors = start + Integer.BYTES;
    if (count < 0 || count > (end - descriptors) / Integer.BYTES) {
      throw new BrokenRecordException("its template has more values than bytes");
    }
    if (count > types.length - top) {
      int length = Math.max(2 * types.length, top + count);
      types = Arrays.copyOf(types, length);
      starts = Arrays.copyOf(starts, length);
      sizes = Arrays.copyOf(sizes, length);
    }
    base = top;
    int at = descriptors + count * Integer.BYTES;
    for (int i = 0; i < count; i++) {
      int descriptor = chunk.i32(descriptors + i * Integer.BYTES);
      int size = descriptor & 0xffff;
      if (size > end - at) {
        throw new BrokenRecordException("its values are longer than the record");
      }
      types[top] = descriptor >>> 16 & 0xff;
      starts[top] = at;
      sizes[top] = size;
      top++;
      at += size;
    }
    return at;
  }

  /** Starts on an element outside of templates, which has no values. */
  void enterNone() {
    base = top;
  }

  /** Returns to the instance with this base. */
  void leave(int outer) {
    top = base;
    base = outer;
  }

  /** Returns the type of a value; null if the instance has no such value. */
  int type(int index) {
    return index < top - base ? types[base + index] : ValueWriter.NULL;
  }

  int start(int index) {
    return starts[base + index];
  }

  int size(int index) {
    return sizes[base + index];
  }

  /** Replaces a value, as an array by one of its elements. */
  void set(int index, int type, int start, int size) {
    types[base + index] = type;
    starts[base + index] = start;
    sizes[base + index] = size;
  }

  boolean isEmpty(int index) {
    return type(index) == ValueWriter.NULL || size(index) == 0;
  }

  boolean isBinaryXml(int index) {
    return type(index) == ValueWriter.BINARY_XML && size(index) > 0;
  }

  boolean isArray(int index) {
    return (type(index) & ValueWriter.ARRAY) != 0;
  }
}
