package dev.iiswarden.read;

import java.util.Optional;

/**
 * How far a log was read. It outlives the reader, whose buffers may be large.
 *
 * @param lines the number of lines, or of records in a log without lines
 * @param lost what was lost, as a phrase
 */
record LogEnd(long lines, Optional<String> lost) {
  static LogEnd of(LogReader reader) {
    return new LogEnd(reader.linesRead(), reader.lost());
  }

  /** For a log that could not be opened. */
  static LogEnd ofNothing() {
    return new LogEnd(0, Optional.empty());
  }
}
