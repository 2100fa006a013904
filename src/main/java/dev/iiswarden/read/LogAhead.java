package dev.iiswarden.read;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A log that is read ahead. One thread at a time reads it, by {@link #fill}; {@link Backlog} sees
 * to that, and guards with its lock what its methods say.
 */
final class LogAhead<T> {
  private final Backlog<T> backlog;
  private final String name;
  private final LogOpener opener;

  // Of the thread that reads.
  private Batch<T> batch;
  private @Nullable LogRecord carried;
  private boolean hasParked;

  private volatile boolean isClosed;

  // Guarded by the lock of the backlog.
  private @Nullable LogReader reader;
  private boolean isOpen;
  private boolean hasLines;
  private @Nullable Throwable refusal;
  private boolean isWanted;
  private boolean isBeingRead;
  private @Nullable LogEnd end;

  /** Batches that have been read and not been taken. */
  private final Deque<Batch<T>> queue = new ArrayDeque<>();

  /** What has been read of a batch while its reader waits for more of the log. */
  private @Nullable Batch<T> parked;

  LogAhead(Backlog<T> backlog, String name, LogOpener opener) {
    this.backlog = backlog;
    this.name = name;
    this.opener = opener;
    batch = new Batch<>(name, 0);
  }

  String name() {
    return name;
  }

  /**
   * Reads the next batch, or up to the end of the log.
   *
   * @param mostBytes the size of the batch; 0 for one record
   */
  void fill(int mostBytes) {
    batch = new Batch<>(name, mostBytes);
    try {
      readInto(reader == null ? open() : reader, mostBytes);
    } catch (Throwable e) { // thrown again where the results before it have been taken
      unpark(mostBytes);
      closeAfter(e);
      batch.end(e);
    }
    LogReader abandoned = backlog.read(this, batch);
    if (abandoned != null) {
      close(abandoned);
    }
  }

  private void close(LogReader abandoned) {
    try {
      abandoned.close();
    } catch (IOException e) {
      backlog.notClosed(e);
    }
  }

  private LogReader open() throws IOException {
    LogReader opened;
    try {
      opened = opener.open();
    } catch (Throwable e) {
      backlog.refused(this, e);
      throw e;
    }
    opened.beforeWaiting(this::park);
    backlog.opened(this, opened);
    return opened;
  }

  private void readInto(LogReader log, int mostBytes) throws IOException {
    while (!backlog.isOver(this)) {
      LogRecord record = carried == null ? log.next() : carried;
      carried = null;
      unpark(mostBytes);
      if (record == null) {
        log.close();
        batch.end(null);
        return;
      }
      if (!batch.add(record)) {
        carried = record;
        return;
      }
      if (batch.isFull()) {
        return;
      }
    }
  }

  private void closeAfter(Throwable cause) {
    if (reader != null) {
      try {
        reader.close();
      } catch (IOException e) {
        if (e != cause) {
          cause.addSuppressed(e);
        }
      }
    }
  }

  /** Offers what has been read so far, because the rest may take long to come. */
  private void park() {
    if (!batch.isEmpty() && !hasParked) {
      hasParked = true;
      backlog.park(this, batch);
    }
  }

  /** Goes on with the batch that was offered, or with a new one if it was taken. */
  private void unpark(int mostBytes) {
    if (hasParked) {
      hasParked = false;
      if (!backlog.unpark(this)) {
        batch = new Batch<>(name, mostBytes);
      }
    }
  }

  // The methods below are called with the lock held.

  void opened(LogReader opened) {
    reader = opened;
    isOpen = true;
    hasLines = opened.hasLines();
  }

  void refuse(Throwable cause) {
    refusal = cause;
  }

  boolean isOpen() {
    return isOpen;
  }

  /** Why the log cannot be opened; null unless it was tried. */
  @Nullable Throwable refusal() {
    return refusal;
  }

  boolean hasLines() {
    return hasLines;
  }

  /** Whether the results are being taken or waited for. */
  boolean isWanted() {
    return isWanted;
  }

  void want() {
    isWanted = true;
  }

  /** Whether a thread reads the log, or is going to. */
  boolean isBeingRead() {
    return isBeingRead;
  }

  void setBeingRead(boolean now) {
    isBeingRead = now;
  }

  /** How far the log was read; null until it has ended. */
  @Nullable LogEnd end() {
    return end;
  }

  void setEnd() {
    end = reader == null ? LogEnd.ofNothing() : LogEnd.of(reader);
    reader = null;
    carried = null;
  }

  /** Hands the reader to whoever closes it; null if there is none or it is in use. */
  @Nullable LogReader release() {
    if (isBeingRead) {
      return null;
    }
    LogReader released = reader;
    reader = null;
    return released;
  }

  boolean isClosed() {
    return isClosed;
  }

  void close() {
    isClosed = true;
  }

  Deque<Batch<T>> queue() {
    return queue;
  }

  void setParked(@Nullable Batch<T> offered) {
    parked = offered;
  }

  @Nullable Batch<T> parked() {
    return parked;
  }
}
