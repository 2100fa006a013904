package dev.iiswarden.read;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a {@link ParallelReader} share. They read and work as {@link ReadAhead}
 * decides, and so does a thread that waits for results. Safe for use by several threads.
 */
final class Backlog<T> {
  private final Function<? super LogRecord, ? extends T> work;
  private final ReadAhead<T> ahead;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition isMoreToDo = lock.newCondition();
  private final Condition isMoreDone = lock.newCondition();
  private final List<IOException> notClosed = new ArrayList<>();
  private volatile boolean isClosed;
  private @Nullable Throwable broken;

  Backlog(Function<? super LogRecord, ? extends T> work, int threads) {
    this.work = work;
    ahead = new ReadAhead<>(threads, this::work);
  }

  void add(LogAhead<T> log) {
    lock.lock();
    try {
      ensureOpen();
      ahead.add(log);
      isMoreToDo.signal();
    } finally {
      lock.unlock();
    }
  }

  // What the threads of the reader do.

  /** Does what there is to do until the backlog is closed. */
  void serve() {
    try {
      for (Runnable task = await(); task != null; task = await()) {
        task.run();
      }
    } catch (InterruptedException e) {
      // Closing interrupts a thread that waits for its log.
      if (!isClosed) {
        breakDown(e);
      }
    } catch (Throwable e) { // thrown again on the threads that wait for results
      breakDown(e);
    }
  }

  private @Nullable Runnable await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!isClosed) {
        Runnable task = ahead.next();
        if (task != null) {
          if (ahead.hasNext()) {
            isMoreToDo.signal();
          }
          return task;
        }
        isMoreToDo.await();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void breakDown(Throwable cause) {
    lock.lock();
    try {
      broken = cause;
      isMoreDone.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void work(Batch<T> batch) {
    batch.work(work, () -> isClosed);
    lock.lock();
    try {
      batch.setWorked();
      isMoreDone.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // What the thread that reads a log asks and says.

  /** Whether nobody wants the records of a log any more. */
  boolean isOver(LogAhead<T> log) {
    return isClosed || log.isClosed();
  }

  void opened(LogAhead<T> log, LogReader reader) {
    lock.lock();
    try {
      log.opened(reader);
      isMoreDone.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void refused(LogAhead<T> log, Throwable cause) {
    lock.lock();
    try {
      log.refuse(cause);
      isMoreDone.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void park(LogAhead<T> log, Batch<T> batch) {
    lock.lock();
    try {
      log.setParked(batch);
      isMoreDone.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes back a parked batch; false if it has been taken meanwhile. */
  boolean unpark(LogAhead<T> log) {
    lock.lock();
    try {
      boolean isStillThere = log.parked() != null;
      log.setParked(null);
      return isStillThere;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes over the batch that has been read.
   *
   * @return the log's reader if nobody wants its records any more, to be closed; otherwise null
   */
  @Nullable LogReader read(LogAhead<T> log, Batch<T> batch) {
    lock.lock();
    try {
      log.setBeingRead(false);
      if (batch.isLast()) {
        log.setEnd();
        ahead.remove(log);
      }
      if (isOver(log)) {
        ahead.drop();
        return log.release();
      }
      ahead.read(log, batch);
      isMoreToDo.signal();
      isMoreDone.signalAll();
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Takes note that the reader of a log that nobody wants any more cannot be closed. */
  void notClosed(IOException cause) {
    lock.lock();
    try {
      notClosed.add(cause);
    } finally {
      lock.unlock();
    }
  }

  // What the thread that takes the results of a log asks and says.

  /**
   * Waits until a log is open, and works meanwhile.
   *
   * @return why the log cannot be opened; null if it is open
   */
  @Nullable Throwable awaitOpen(LogAhead<T> log) throws InterruptedIOException {
    workUntil(log, () -> log.isOpen() || log.refusal() != null);
    lock.lock();
    try {
      return log.refusal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the next batch of a log has been read and worked on, and works meanwhile. */
  Batch<T> take(LogAhead<T> log) throws InterruptedIOException {
    workUntil(log, () -> isWorked(log.queue().peek()));
    lock.lock();
    try {
      return log.queue().remove();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isWorked(@Nullable Batch<?> batch) {
    return batch != null && batch.isWorked();
  }

  private void workUntil(LogAhead<T> log, BooleanSupplier isReady) throws InterruptedIOException {
    for (Runnable task = awaitFor(log, isReady); task != null; task = awaitFor(log, isReady)) {
      task.run();
    }
  }

  /** Waits until there is something to do, which it claims; null if the log is ready before. */
  private @Nullable Runnable awaitFor(LogAhead<T> log, BooleanSupplier isReady)
      throws InterruptedIOException {
    lock.lock();
    try {
      ensureOpen();
      ahead.want(log);
      while (!isReady.getAsBoolean()) {
        Runnable task = ahead.nextFor(log);
        if (task != null) {
          return task;
        }
        if (broken != null) {
          throw new IllegalStateException("a thread of the reader has ended", broken);
        }
        isMoreDone.await();
        ensureOpen();
      }
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while waiting for records");
      interrupted.initCause(e);
      throw interrupted;
    } finally {
      lock.unlock();
    }
  }

  /** Takes note that the results of a batch have been taken. */
  void release(Batch<T> done) {
    lock.lock();
    try {
      ahead.forget(done);
      isMoreToDo.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how far a log was read whose last batch has been taken. */
  LogEnd end(LogAhead<T> log) {
    lock.lock();
    try {
      return Objects.requireNonNull(log.end());
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether places in a log count lines. */
  boolean hasLines(LogAhead<T> log) {
    lock.lock();
    try {
      if (!log.isOpen()) {
        throw new IllegalStateException(log.name() + " has not been opened");
      }
      return log.hasLines();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives up a log.
   *
   * @return its reader if nobody uses it any more, to be closed; otherwise null
   */
  @Nullable LogReader close(LogAhead<T> log) {
    lock.lock();
    try {
      log.close();
      ahead.remove(log);
      ahead.forgetAll(log);
      isMoreToDo.signal();
      return log.release();
    } finally {
      lock.unlock();
    }
  }

  // What the reader does at its end.

  /** Ends the threads that serve, and those that wait for results. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      isMoreToDo.signalAll();
      isMoreDone.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The readers that are left open, and that no thread uses, once this is closed. */
  List<LogReader> leftOpen() {
    lock.lock();
    try {
      return ahead.logs().stream().map(LogAhead::release).filter(Objects::nonNull).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Why readers that nobody wanted any more could not be closed; each is returned once. */
  List<IOException> notClosed() {
    lock.lock();
    try {
      List<IOException> causes = List.copyOf(notClosed);
      notClosed.clear();
      return causes;
    } finally {
      lock.unlock();
    }
  }

  private void ensureOpen() {
    if (isClosed) {
      throw new IllegalStateException("the reader is closed");
    }
  }
}
