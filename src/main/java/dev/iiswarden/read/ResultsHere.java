package dev.iiswarden.read;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Results for which the calling thread reads and works, one record at a time. */
final class ResultsHere<T> implements LogResults<T> {
  private final String name;
  private final LogOpener opener;
  private final Function<? super LogRecord, ? extends T> work;
  private final Set<LogResults<T>> left;
  private @Nullable LogReader reader;
  private @Nullable IOException refusal;
  private boolean hasLines;
  private @Nullable LogEnd end;
  private @Nullable T value;
  private long line;
  private boolean isClosed;

  /**
   * Creates results of a log that is not open yet.
   *
   * @param left from which this removes itself when the log has ended
   */
  ResultsHere(
      String name,
      LogOpener opener,
      Function<? super LogRecord, ? extends T> work,
      Set<LogResults<T>> left) {
    this.name = name;
    this.opener = opener;
    this.work = work;
    this.left = left;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void open() throws IOException {
    if (isClosed) {
      throw new IllegalStateException(name + " is closed");
    }
    if (refusal != null) {
      throw refusal;
    }
    if (reader == null && end == null) {
      try {
        reader = opener.open();
      } catch (IOException e) {
        refusal = e;
        throw e;
      }
      hasLines = reader.hasLines();
    }
  }

  @Override
  public boolean next() throws IOException {
    value = null;
    if (refusal != null && end != null) {
      return false;
    }
    LogRecord record;
    try {
      open();
      record = reader == null ? null : reader.next();
    } catch (IOException e) {
      try {
        end();
      } catch (IOException ofClosing) {
        if (ofClosing != e) {
          e.addSuppressed(ofClosing);
        }
      }
      throw e;
    }
    if (record == null) {
      end();
      return false;
    }
    line = record.line();
    value = work.apply(record);
    return true;
  }

  private void end() throws IOException {
    LogReader ended = reader;
    reader = null;
    left.remove(this);
    if (ended != null) {
      end = LogEnd.of(ended);
      ended.close();
    } else if (end == null) {
      end = LogEnd.ofNothing();
    }
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
    if (reader == null && end == null) {
      throw new IllegalStateException(name + " has not been opened");
    }
    return hasLines;
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
      throw new IllegalStateException(name + " has not ended");
    }
    return end;
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    end();
  }
}
