package dev.iiswarden.cli;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
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
  private boolean decoded;
  private long malformed;
  private @Nullable LogReader log;

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

  boolean open(LogFiles logs) {
    try {
      log = LogReader.of(source.name(), logs.counted(source.open()));
      return true;
    } catch (IOException e) {
      logs.fail(source.name() + ": cannot be read: " + LogFiles.describe(e));
      return false;
    }
  }

  /** Moves to the next event and delivers the other records before it; false at the end. */
  boolean advance(LogFiles logs, Consumer<Decoded> consumer) {
    LogReader reading = log;
    if (reading == null) {
      return false;
    }
    try {
      for (LogRecord record = reading.next(); record != null; record = reading.next()) {
        Decoded next = logs.decoder().decode(record);
        if (next.malformed().isPresent()) {
          malformed++;
        } else {
          decoded = true;
        }
        if (!next.events().isEmpty()) {
          head = next;
          time = next.events().get(0).getTimestamp();
          return true;
        }
        logs.deliver(source.name(), next, consumer);
      }
      reading.close();
      if (!decoded && malformed > 0) {
        logs.fail(source.name() + ": none of its records could be decoded");
      }
    } catch (IOException e) {
      logs.fail(
          reading.linesRead() == 0
              ? source.name() + ": cannot be read: " + LogFiles.describe(e)
              : source.name()
                  + ":"
                  + reading.linesRead()
                  + ": cannot be read beyond this line: "
                  + LogFiles.describe(e));
    }
    log = null;
    return false;
  }
}
