package dev.iiswarden.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The logs that are still to be read and the batches that have been read: decides which log to read
 * on, which batch to work on, and when to pause.
 *
 * <p>At most {@link #mostBatches()} batches with {@link #mostBytes()} are read and not yet taken,
 * and beyond that at most two for each log whose results are being taken: whoever merges logs needs
 * the next result of each of them. The more logs are taken side by side, the smaller are their
 * batches.
 *
 * <p>Not safe for use by several threads; {@link Backlog} guards it with its lock.
 */
final class ReadAhead<T> {
  private static final int LARGEST_BATCH = 1 << 17;
  private static final int SMALLEST_BATCH = 1 << 13;
  private static final int BATCHES_PER_THREAD = 4;

  /** The size of a batch that ends with its first record. */
  private static final int ONE_RECORD = 0;

  private final int threads;
  private final Consumer<Batch<T>> worker;

  /** The logs whose results are being taken, as long as they have not been read to their end. */
  private final List<LogAhead<T>> wanted = new ArrayList<>();

  /** The logs whose turn will come, in the order in which they were named. */
  private final Deque<LogAhead<T>> following = new ArrayDeque<>();

  /** The batches that have been read and on which nobody works yet. */
  private final Deque<Batch<T>> unworked = new ArrayDeque<>();

  /** The number of batches that are being read or have been, and have not been forgotten. */
  private int batches;

  private long bytes;

  /**
   * Creates one without logs.
   *
   * @param worker makes the results of a batch; called without the lock
   */
  ReadAhead(int threads, Consumer<Batch<T>> worker) {
    this.threads = threads;
    this.worker = worker;
  }

  /** The number of batches up to which logs are read ahead. */
  private int mostBatches() {
    return BATCHES_PER_THREAD * threads;
  }

  /** The number of bytes of records up to which logs are read ahead. */
  private long mostBytes() {
    return (long) mostBatches() * LARGEST_BATCH;
  }

  void add(LogAhead<T> log) {
    following.add(log);
  }

  /** Takes note that results of a log are being taken. */
  void want(LogAhead<T> log) {
    if (!log.isWanted()) {
      log.want();
      if (log.end() == null) {
        following.remove(log);
        wanted.add(log);
      }
    }
  }

  /** Takes note that a log is not read any further. */
  void remove(LogAhead<T> log) {
    wanted.remove(log);
    following.remove(log);
  }

  /** The logs that are still to be read. */
  List<LogAhead<T>> logs() {
    List<LogAhead<T>> all = new ArrayList<>(wanted);
    all.addAll(following);
    return all;
  }

  /** Claims what a thread that takes no results does next; null if there is nothing to do. */
  @Nullable Runnable next() {
    // As long as there is work for all threads, reading can wait.
    LogAhead<T> log = unworked.size() < threads ? toRead() : null;
    if (log != null) {
      int size = (int) Math.min(LARGEST_BATCH, mostBytes() / Math.max(1, wanted.size()));
      return reading(log, Math.max(SMALLEST_BATCH, size));
    }
    return working(unworked.poll());
  }

  /** Whether {@link #next()} would return something. */
  boolean hasNext() {
    return !unworked.isEmpty() || toRead() != null;
  }

  private @Nullable LogAhead<T> toRead() {
    LogAhead<T> least = null;
    for (LogAhead<T> log : wanted) {
      if (!log.isBeingRead() && (least == null || log.queue().size() < least.queue().size())) {
        least = log;
      }
    }
    if (least != null && least.queue().isEmpty()) {
      return least;
    }
    if (batches >= mostBatches() || bytes >= mostBytes()) {
      return null;
    }
    if (least != null) {
      return least;
    }
    for (LogAhead<T> log : following) {
      if (!log.isBeingRead()) {
        return log;
      }
    }
    return null;
  }

  /** Claims what brings the next results of a log nearer, or else any work; null if none. */
  @Nullable Runnable nextFor(LogAhead<T> log) {
    Batch<T> parked = log.queue().isEmpty() ? log.parked() : null;
    if (parked != null) {
      log.setParked(null);
      batches++;
      enqueue(log, parked);
    }
    Batch<T> first = log.queue().peek();
    if (first != null && unworked.remove(first)) {
      return working(first);
    }
    if (first == null && !log.isBeingRead() && log.end() == null) {
      // If the log makes its reader wait, nobody else could hand over what was read before.
      return reading(log, ONE_RECORD);
    }
    return working(unworked.poll());
  }

  private Runnable reading(LogAhead<T> log, int size) {
    log.setBeingRead(true);
    batches++;
    return () -> log.fill(size);
  }

  private @Nullable Runnable working(@Nullable Batch<T> batch) {
    return batch == null ? null : () -> worker.accept(batch);
  }

  /** Takes over a batch that has been read, to be worked on. */
  void read(LogAhead<T> log, Batch<T> batch) {
    enqueue(log, batch);
    if (batch.isEmpty()) {
      // It holds nothing, and nobody takes it from a log that cannot be opened.
      batches--;
    }
  }

  private void enqueue(LogAhead<T> log, Batch<T> batch) {
    bytes += batch.bytes();
    log.queue().add(batch);
    unworked.add(batch);
  }

  /** Takes note that a batch was read in vain. */
  void drop() {
    batches--;
  }

  /** Takes note that the results of a batch are not needed any more. */
  void forget(Batch<T> batch) {
    batches -= batch.isEmpty() ? 0 : 1;
    bytes -= batch.bytes();
  }

  /** Forgets the batches of a log that have not been taken. */
  void forgetAll(LogAhead<T> log) {
    unworked.removeAll(log.queue());
    log.queue().forEach(this::forget);
    log.queue().clear();
  }
}
