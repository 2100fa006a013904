package dev.iiswarden.kafka;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Tells the detecting tasks how far the input partition of a decoding task has been read. */
final class ProgressReports {
  /** By how much a partition advances between two reports. */
  static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);

  private static final int LOOKS_UNTIL_IDLE = 4;
  private static final int LOOKS_UNTIL_IDLE_AFTER_TAKEOVER = 40;

  /** The key of records without a host. */
  private static final String NO_HOST = "";

  private final ProcessorContext<String, HostRecord> context;
  private final PartitionClock clock;
  private final String origin;
  private long reported = InputProgress.UNKNOWN;
  private boolean hasReportedSinceLook;
  private boolean hasRecord;
  private boolean hasRecordSinceLook;
  private int looksWithoutRecord;

  /**
   * Begins to report.
   *
   * @param idleAfter how long a partition may be without records before it counts as read to the
   *     present; null if it never does
   */
  ProgressReports(
      ProcessorContext<String, HostRecord> context,
      PartitionClock clock,
      @Nullable Duration idleAfter) {
    this.context = context;
    this.clock = clock;
    origin = context.taskId().toString();
    context.schedule(PartitionClock.BETWEEN_LOOKS, PunctuationType.WALL_CLOCK_TIME, this::look);
    if (idleAfter != null) {
      Duration between = idleAfter.dividedBy(LOOKS_UNTIL_IDLE);
      context.schedule(
          between.toMillis() < 1 ? Duration.ofMillis(1) : between,
          PunctuationType.WALL_CLOCK_TIME,
          this::reportIdle);
    }
  }

  /** Returns the timestamp that a record which is read now counts as. */
  long believed(long timestamp) {
    return clock.believed(timestamp, context.currentSystemTimeMs());
  }

  /**
   * Notes a record of a message.
   *
   * @param host the key of its host; null if it names none
   * @param time the timestamp of the message, as {@link #believed} returns it
   */
  void read(@Nullable String host, long time) {
    clock.read(host, time);
  }

  /** Reports what the records of a message have advanced, once they have been forwarded. */
  void reportAdvance() {
    hasRecord = true;
    hasRecordSinceLook = true;
    long millis = clock.millis();
    if (millis > reported
        && (reported == InputProgress.UNKNOWN || millis - reported >= BETWEEN_REPORTS.toMillis())) {
      report(millis);
    }
  }

  private void look(long now) {
    clock.look(now);
    if (!hasReportedSinceLook && clock.millis() > reported) {
      report(clock.millis());
    }
    hasReportedSinceLook = false;
  }

  /**
   * Reports a partition that has been idle for long enough as read to the present, so that it holds
   * up no host. Looks are counted instead of time, because no record can arrive while a process is
   * stopped. A partition taken over from a process that died may be blocked for a while by that
   * process's transaction.
   */
  private void reportIdle(long now) {
    looksWithoutRecord = hasRecordSinceLook ? 0 : looksWithoutRecord + 1;
    hasRecordSinceLook = false;
    int enough = hasRecord ? LOOKS_UNTIL_IDLE : LOOKS_UNTIL_IDLE_AFTER_TAKEOVER;
    long millis = Math.max(now, clock.millis());
    if (looksWithoutRecord >= enough && millis > reported) {
      report(millis);
    }
  }

  private void report(long millis) {
    reported = millis;
    hasReportedSinceLook = true;
    HostRecord progress = new HostRecord.Progress(origin, millis);
    context.forward(new Record<>(NO_HOST, progress, believed(millis)));
  }
}
