package dev.iiswarden.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The results for the records of one log, in the order of the records. {@link ParallelReader#open}
 * creates it.
 *
 * <pre>
 *   while (log.next()) {
 *     use(log.value(), log.line());
 *   }
 * </pre>
 *
 * <p>Not safe for use by several threads; different logs may be used by different threads.
 *
 * @param <T> the result for a record
 */
public sealed interface LogResults<T> extends Closeable permits ResultsHere, ResultsAhead {
  /** Returns the name of the log. */
  String name();

  /**
   * Waits until the log is open. You need not call it, because {@link #next()} does.
   *
   * @throws IOException if the log cannot be opened
   */
  void open() throws IOException;

  /**
   * Advances to the next result, and waits for it if need be. A result is available as soon as its
   * record has been read and worked on: a log that is still being written is not read up to some
   * number of records first.
   *
   * @return whether there is one
   * @throws IOException if the log cannot be opened or breaks off, as from {@link
   *     LogReader#next()}; earlier results are not affected, and there are no further ones
   * @throws RuntimeException what the work threw for this record; the following ones are not
   *     affected
   * @throws java.io.InterruptedIOException if the thread is interrupted while it waits; its
   *     interrupted status stays set
   * @throws IllegalStateException if the log or its reader is closed
   */
  boolean next() throws IOException;

  /**
   * Returns the present result.
   *
   * @throws IllegalStateException before the first call of {@link #next()} and after the last
   *     result
   */
  T value();

  /**
   * Returns the line on which the record of the present result begins, from 1; in an EVTX file the
   * number of the record.
   */
  long line();

  /**
   * Passes all results that are left to a consumer, on this thread.
   *
   * @throws IOException as for {@link #next()}
   */
  default void forEach(Consumer<? super T> consumer) throws IOException {
    while (next()) {
      consumer.accept(value());
    }
  }

  /**
   * Returns whether places in the log count lines, see {@link LogReader#hasLines()}.
   *
   * @throws IllegalStateException if the log has not been {@linkplain #open() opened}
   */
  boolean hasLines();

  /**
   * Returns the number of lines, or of records in an EVTX file, that were read of a log until it
   * ended or broke off.
   *
   * @throws IllegalStateException before {@link #next()} has returned that or thrown
   */
  long linesRead();

  /**
   * Returns what was lost of a log that has ended, see {@link LogReader#lost()}.
   *
   * @throws IllegalStateException as for {@link #linesRead()}
   */
  Optional<String> lost();

  /**
   * Gives up what has not been read of the log, and closes its reader. If another thread is reading
   * the log, that thread closes it when its read returns, and {@link ParallelReader#close()} throws
   * what goes wrong with that.
   */
  @Override
  void close() throws IOException;
}
