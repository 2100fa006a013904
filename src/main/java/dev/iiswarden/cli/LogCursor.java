package dev.iiswarden.cli;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.read.LogResults;
import dev.iiswarden.read.ParallelReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open log, positioned at its next event. */
final class LogCursor {
  static final Comparator<LogCursor> BY_TIME =
      Comparator.<LogCursor, Instant>comparing(cursor -> cursor.time)
          .thenComparingInt(cursor -> cursor.position);

  private final LogSource source;
  private final int position;
  private Instant time;
  private Decoded head = Decoded.nothing();
  private Iterator<Decoded> rest = Collections.emptyIterator();
  private @Nullable LogResults<Decoded> log;
  private @Nullable LogAccount account;

  LogCursor(LogSource source, int position, Instant time) {
    this.source = source;
    this.position = position;
    this.time = time;
  }

  /** The name of the log. */
  String name() {
    return source.name();
  }

  /** The next event. */
  Decoded head() {
    return head;
  }

  /** Names the log as the next one that is to be read. */
  void readBy(ParallelReader<Decoded> reader, LogFiles logs) {
    log = reader.open(source.name(), () -> logs.open(source));
  }

  boolean open(LogFiles logs) {
    LogResults<Decoded> opening = Objects.requireNonNull(log);
    try {
      opening.open();
      account = logs.account(source, unit(opening));
      return true;
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      logs.fail(source.name() + ": cannot be read: " + LogFiles.describe(e));
      return false;
    }
  }

  /** Moves to the next event and delivers the other records before it; false at the end. */
  boolean advance(LogFiles logs, Consumer<Decoded> consumer) {
    LogResults<Decoded> reading = log;
    LogAccount counting = account;
    if (reading == null || counting == null) {
      return false;
    }
    try {
      if (advanceWithin(logs, consumer)) {
        return true;
      }
      while (reading.next()) {
        List<Decoded> all = reading.value().records();
        for (Decoded one : all) {
          String soFar = counting.add(one, reading.line());
          if (soFar != null) {
            logs.reportEarly(soFar);
          }
        }
        rest = all.iterator();
        if (advanceWithin(logs, consumer)) {
          return true;
        }
      }
      logs.close(counting, reading);
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      logs.close(counting, reading);
      logs.fail(
          reading.linesRead() == 0
              ? source.name() + ": cannot be read: " + LogFiles.describe(e)
              : source.name()
                  + (reading.hasLines() ? ":" : ": record ")
                  + reading.linesRead()
                  + ": cannot be read beyond this "
                  + unit(reading)
                  + ": "
                  + LogFiles.describe(e));
    }
    log = null;
    return false;
  }

  /** What the places in a log count. */
  private static String unit(LogResults<?> log) {
    return log.hasLines() ? "line" : "record";
  }

  /** Moves to the next event among the records that have been decoded; false if there is none. */
  private boolean advanceWithin(LogFiles logs, Consumer<Decoded> consumer) {
    while (rest.hasNext()) {
      Decoded next = rest.next();
      if (!next.events().isEmpty()) {
        head = next;
        time = next.events().get(0).getTimestamp();
        return true;
      }
      logs.deliver(source.name(), next, consumer);
    }
    return false;
  }
}
