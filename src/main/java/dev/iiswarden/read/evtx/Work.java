package dev.iiswarden.read.evtx;

/**
 * Limits what one chunk may cost. Templates can refer to each other, so that a chunk of 64 KiB
 * could expand without end. Real chunks use less than a twentieth of what is allowed.
 */
final class Work {
  /** The units that a chunk may use: bytes of JSON, and more for what takes longer. */
  private static final int PER_CHUNK = 16 << 20;

  /** The units of rendering a node of a tree. */
  static final int RENDERED_NODE = 16;

  /** The units of parsing a node, which also stays in memory until the chunk's end. */
  static final int PARSED_NODE = 128;

  private int left;

  /** Starts on a chunk. */
  void begin() {
    left = PER_CHUNK;
  }

  void use(int units) throws BrokenRecordException {
    left -= Math.min(left, units);
    if (left == 0) {
      throw new BrokenRecordException(
          "its chunk expands to more than " + (PER_CHUNK >> 20) + " MiB");
    }
  }
}
