package dev.iiswarden.read;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of a log of one kind, for {@link LogReader}. */
interface Records extends AutoCloseable {
  /** Reads the next record; null at the end. */
  @Nullable LogRecord next() throws IOException;

  /** Returns whether the log has lines. */
  boolean hasLines();

  /** Returns the number of lines read so far, or of records of a log without lines. */
  long linesRead();

  /** Returns what was lost of the log so far, as a phrase. */
  Optional<String> lost();

  @Override
  void close() throws IOException;
}
