package dev.iiswarden.read;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Results that a {@link Backlog} produces ahead, batch by batch. */
final class ResultsAhead<T> implements LogResults<T> {
  private final Backlog<T> backlog;
  private final LogAhead<T> log;
  private @Nullable Batch<T> batch;
  private Iterator<Batch.Result<T>> results = Collections.emptyIterator();
  private @Nullable T value;
  private long line;
  private @Nullable LogEnd end;
  private boolean isClosed;

  ResultsAhead(Backlog<T> backlog, LogAhead<T> log) {
    this.backlog = backlog;
    this.log = log;
  }

  @Override
  public String name() {
    return log.name();
  }

  @Override
  public void open() throws IOException {
    ensureOpen();
    Throwable refusal = backlog.awaitOpen(log);
    if (refusal != null) {
      rethrow(refusal);
    }
  }

  @Override
  public boolean next() throws IOException {
    value = null;
    ensureOpen();
    while (!results.hasNext()) {
      if (end != null) {
        return false;
      }
      Batch<T> done = batch;
      batch = null;
      if (done != null) {
        backlog.release(done);
        if (done.isLast()) {
          end = backlog.end(log);
          if (done.failure() != null) {
            rethrow(done.failure());
          }
          return false;
        }
      }
      batch = backlog.take(log);
      results = batch.results().iterator();
    }
    Batch.Result<T> result = results.next();
    line = result.line();
    if (result.failure() != null) {
      rethrow(result.failure());
    }
    value = result.value();
    return true;
  }

  private void ensureOpen() {
    if (isClosed) {
      throw new IllegalStateException(log.name() + " is closed");
    }
  }

  /** Throws what another thread has caught, as if it had been thrown on this one. */
  private static void rethrow(Throwable caught) throws IOException {
    if (caught instanceof IOException e) {
      throw e;
    }
    if (caught instanceof RuntimeException e) {
      throw e;
    }
    if (caught instanceof Error e) {
      throw e;
    }
    throw new IllegalStateException(caught);
  }

  @Override
  public T value() {
    if (value == null) {
      throw new IllegalStateException("there is no present result");
    }
    return value;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public boolean hasLines() {
    return backlog.hasLines(log);
  }

  @Override
  public long linesRead() {
    return ended().lines();
  }

  @Override
  public Optional<String> lost() {
    return ended().lost();
  }

  private LogEnd ended() {
    if (end == null) {
      throw new IllegalStateException(log.name() + " has not ended");
    }
    return end;
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    results = Collections.emptyIterator();
    if (batch != null) {
      backlog.release(batch);
      batch = null;
    }
    LogReader reader = backlog.close(log);
    if (reader != null) {
      reader.close();
    }
  }
}
