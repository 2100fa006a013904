package dev.iiswarden.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A reader of logs that reads them ahead and works on their records on several threads, and returns
 * the results in the order of the records. The work is usually decoding:
 *
 * <pre>
 *   try (ParallelReader&lt;Decoded&gt; reader = ParallelReader.start(2, decoder::decode)) {
 *     LogResults&lt;Decoded&gt; log = reader.open(file);
 *     log.forEach(detector::accept);
 *   }
 * </pre>
 *
 * <p><b>Threads.</b> The thread that takes results is one of the number you ask for; the others are
 * started by {@link #start}, as daemons, and end with {@link #close()}. When the results it needs
 * are not ready, the taking thread works, too. With one thread none is started: that thread then
 * reads and works on one record at a time. Splitting a log into records is done by one thread at a
 * time, and so are decompression and the rendering of EVTX; the work on its records is done by all.
 *
 * <p><b>Several logs.</b> Name the logs in the order in which you will take their results. When one
 * has been read, the threads read the next ones ahead, so many small logs keep them as busy as a
 * large one. You may also take results of several logs in turns.
 *
 * <p><b>Memory.</b> Records are passed on in batches of at most 512 records and 128 KiB; a longer
 * record has a batch of its own. Reading pauses when four batches for each thread, or as many bytes
 * of records as they hold, have been read and their results not yet been taken. Beyond that at most
 * two batches are held for each log whose results are being taken, so that you can take results of
 * many logs in turns. With more logs the batches are smaller.
 *
 * <p><b>Errors.</b> What goes wrong on any thread is thrown where the result would have been
 * returned, after all results before it, see {@link LogResults#next()}.
 *
 * <p>Safe for use by several threads.
 *
 * @param <T> the result for a record
 */
public final class ParallelReader<T> implements AutoCloseable {
  private static final long NANOS_TO_END = TimeUnit.SECONDS.toNanos(1);

  private final Function<? super LogRecord, ? extends T> work;
  private final @Nullable Backlog<T> backlog;
  private final List<Thread> threads = new ArrayList<>();

  /** The logs of a reader without threads that have not ended. */
  private final Set<LogResults<T>> left = ConcurrentHashMap.newKeySet();

  private volatile boolean isClosed;

  private ParallelReader(
      Function<? super LogRecord, ? extends T> work, @Nullable Backlog<T> backlog) {
    this.work = work;
    this.backlog = backlog;
  }

  /**
   * Starts the threads.
   *
   * @param threads the number of threads including the one that takes results, such as {@code
   *     Runtime.getRuntime().availableProcessors()}
   * @param work makes a result of a record, such as {@code decoder::decode}. It is called by
   *     several threads at once. The record is valid until it returns.
   * @throws IllegalArgumentException if the number of threads is not positive
   */
  public static <T> ParallelReader<T> start(
      int threads, Function<? super LogRecord, ? extends T> work) {
    if (threads <= 0) {
      throw new IllegalArgumentException(threads + " threads: at least one is needed");
    }
    if (threads == 1) {
      return new ParallelReader<>(work, null);
    }
    Backlog<T> backlog = new Backlog<>(work, threads);
    ParallelReader<T> reader = new ParallelReader<>(work, backlog);
    for (int i = 1; i < threads; i++) {
      Thread thread = new Thread(backlog::serve, "iiswarden-reader-" + i);
      thread.setDaemon(true);
      reader.threads.add(thread);
      thread.start();
    }
    return reader;
  }

  /**
   * Names a file as the next log, and returns at once.
   *
   * @param file a log as for {@link LogReader#open}
   * @throws IllegalStateException if the reader is closed
   */
  public LogResults<T> open(Path file) {
    return open(file.toString(), () -> LogReader.open(file));
  }

  /**
   * Names the next log, and returns at once.
   *
   * @param name the name of the log in messages
   * @param opener opens the log when its turn comes
   * @throws IllegalStateException if the reader is closed
   */
  public LogResults<T> open(String name, LogOpener opener) {
    if (isClosed) {
      throw new IllegalStateException("the reader is closed");
    }
    if (backlog == null) {
      LogResults<T> results = new ResultsHere<>(name, opener, work, left);
      left.add(results);
      return results;
    }
    LogAhead<T> log = new LogAhead<>(backlog, name, opener);
    backlog.add(log);
    return new ResultsAhead<>(backlog, log);
  }

  /**
   * Ends the threads and closes all logs. Results that have not been taken are lost. A thread that
   * waits for a stream and cannot be interrupted, as on standard input, is left behind after a
   * second; it does nothing more when its read returns.
   *
   * @throws UncheckedIOException if a log cannot be closed, after all others have been
   */
  @Override
  public void close() {
    isClosed = true;
    List<IOException> failures = new ArrayList<>();
    if (backlog == null) {
      closeAll(left, failures);
    } else {
      backlog.close();
      threads.forEach(Thread::interrupt);
      join();
      failures.addAll(backlog.notClosed());
      closeAll(backlog.leftOpen(), failures);
    }
    if (!failures.isEmpty()) {
      IOException first = failures.remove(0);
      failures.forEach(first::addSuppressed);
      throw new UncheckedIOException("a log cannot be closed", first);
    }
  }

  private void join() {
    long until = System.nanoTime() + NANOS_TO_END;
    try {
      for (Thread thread : threads) {
        // A wait of no milliseconds would have no end.
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        thread.join(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeAll(
      Collection<? extends Closeable> logs, List<? super IOException> failures) {
    for (Closeable log : logs) {
      try {
        log.close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
  }
}
