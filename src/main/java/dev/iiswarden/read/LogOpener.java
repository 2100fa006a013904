package dev.iiswarden.read;

import java.io.IOException;

/** Opens a log when its turn comes, see {@link ParallelReader#open(String, LogOpener)}. */
@FunctionalInterface
public interface LogOpener {
  /**
   * Opens the log; called once, on any thread.
   *
   * @return the reader, which whoever reads the log closes
   * @throws IOException if the log cannot be read
   */
  LogReader open() throws IOException;
}
