package dev.iiswarden.read.evtx;

/**
 * Finds the values of arrays. Strings end in a zero character, all other values have a fixed size
 * (libevtx, section "Value types").
 */
final class ArrayValues {
  private final byte[] bytes;
  private final Values values;
  private final ValueWriter writer;

  ArrayValues(Chunk chunk, Values values, ValueWriter writer) {
    bytes = chunk.bytes();
    this.values = values;
    this.writer = writer;
  }

  /** Returns the slot for whose values an element is to be repeated; -1 if there is none. */
  int slotOf(Element element) {
    for (Node node : element.children) {
      if (node instanceof Node.Slot slot
          && values.isArray(slot.index)
          && !values.isEmpty(slot.index)) {
        return slot.index;
      }
    }
    return -1;
  }

  /**
   * Puts one value of an array into its slot.
   *
   * @param type the type of the array
   * @param start the offset of the value
   * @param end the offset of the array's end
   * @return the offset of the next value
   */
  int select(int slot, int type, int start, int end) throws BrokenRecordException {
    int single = type & ~ValueWriter.ARRAY;
    int stop = start;
    int next;
    if (single == ValueWriter.STRING) {
      while (stop + 1 < end && (bytes[stop] != 0 || bytes[stop + 1] != 0)) {
        stop += 2;
      }
      next = stop + 2;
    } else if (single == ValueWriter.ANSI_STRING) {
      while (stop < end && bytes[stop] != 0) {
        stop++;
      }
      next = stop + 1;
    } else {
      next = start + writer.sizeOf(single, start, end - start);
      stop = Math.min(next, end);
    }
    values.set(slot, single, start, stop - start);
    return next;
  }
}
