package dev.iiswarden.kafka;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far an input partition has been read, by the timestamps of its records. Producers
 * choose those timestamps, so no single host advances this clock by itself.
 *
 * <p>A time is confirmed when records of two different hosts have reached it. Beyond that, one host
 * alone advances the clock by ten seconds for each of its records in a row from the third on, by at
 * most five minutes, and by the time that the task has waited since. A record of another host that
 * is behind ends the row: a single record with a wrong timestamp advances nothing. The time waited
 * is counted in looks and not read from the wall clock, because no record can arrive while a
 * process is stopped, and the wall clock may jump. Two further rules keep the clock of a partition
 * with a single host going:
 *
 * <ul>
 *   <li>If no second host appears within six looks of the first record, the earliest timestamp so
 *       far is confirmed.
 *   <li>If all records between six looks were dated to the present, the earliest of them is
 *       confirmed: the backlog, if there was any, has been read.
 * </ul>
 *
 * <p>If brokers date the records, the latest timestamp is the clock. All times are in milliseconds
 * since 1970.
 */
final class PartitionClock {
  /** How often {@link #look} is to be called, by the wall clock. */
  static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  private static final long MOST_ALONE = Duration.ofMinutes(5).toMillis();
  private static final long ALONE_PER_RECORD = Duration.ofSeconds(10).toMillis();
  private static final int NOT_ALONE = 2;
  private static final int LOOKS_UNTIL_BELIEVED = 6;
  private static final long NONE = InputProgress.UNKNOWN;

  private final boolean datedByBrokers;

  /** The host whose record has the latest timestamp of those with a host. */
  private @Nullable String leader;

  /** How many records the leader has had in a row, not counting those without a host. */
  private long inARow;

  private long leadersTime = NONE;

  /** The latest timestamp of the hosts other than the leader. */
  private long othersTime = NONE;

  /** The latest timestamp of any record, with or without a host. */
  private long latest = NONE;

  private long confirmed = NONE;
  private long looksSinceConfirmation;

  /** The earliest timestamp since the first record after the last six looks. */
  private long earliest = NONE;

  private int looksSinceEarliest;

  /**
   * Creates a clock that has seen no record.
   *
   * @param datedByBrokers whether brokers set the timestamps, so that they can be believed
   */
  PartitionClock(boolean datedByBrokers) {
    this.datedByBrokers = datedByBrokers;
  }

  /**
   * Returns the timestamp that a record counts as.
   *
   * @param timestamp the record's own
   * @param now the wall clock
   * @return the timestamp, not negative; unless brokers set it, not later than {@code now}
   */
  long believed(long timestamp, long now) {
    return Math.max(datedByBrokers ? timestamp : Math.min(timestamp, now), 0);
  }

  /**
   * Notes a record.
   *
   * @param host the key of its host; null if it names none, so that it confirms nothing
   * @param time its timestamp, as {@link #believed} returns it
   */
  void read(@Nullable String host, long time) {
    latest = Math.max(latest, time);
    earliest = earliest == NONE ? time : Math.min(earliest, time);
    if (host == null) {
      return;
    }
    if (leader == null || host.equals(leader)) {
      leader = host;
      leadersTime = Math.max(leadersTime, time);
      inARow++;
    } else if (time > leadersTime) {
      othersTime = leadersTime;
      leader = host;
      leadersTime = time;
      inARow = 1;
    } else {
      inARow = 0;
      othersTime = Math.max(othersTime, time);
    }
    confirm(othersTime);
  }

  private void confirm(long time) {
    if (time > confirmed) {
      confirmed = time;
      looksSinceConfirmation = 0;
    }
  }

  /**
   * Notes that {@link #BETWEEN_LOOKS} have passed in which records could be read.
   *
   * @param now the wall clock
   */
  void look(long now) {
    looksSinceConfirmation++;
    if (earliest == NONE) {
      return;
    }
    looksSinceEarliest++;
    if (looksSinceEarliest >= LOOKS_UNTIL_BELIEVED) {
      boolean isPresent =
          earliest >= now - MOST_ALONE - LOOKS_UNTIL_BELIEVED * BETWEEN_LOOKS.toMillis();
      if (confirmed == NONE || isPresent) {
        confirm(earliest);
      }
      earliest = NONE;
      looksSinceEarliest = 0;
    }
  }

  /**
   * Returns how far the partition has been read; {@link InputProgress#UNKNOWN} at the beginning.
   */
  long millis() {
    if (datedByBrokers || confirmed == NONE) {
      return datedByBrokers ? latest : NONE;
    }
    long records = Math.max(inARow - NOT_ALONE, 0) * ALONE_PER_RECORD;
    long alone = Math.min(records, MOST_ALONE) + looksSinceConfirmation * BETWEEN_LOOKS.toMillis();
    return Math.max(confirmed, Math.min(latest, confirmed + alone));
  }
}
