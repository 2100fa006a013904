package dev.iiswarden.kafka;

import java.time.Duration;

/**
 * Measures how far the input has advanced without a record of an open host. All times are
 * timestamps of records, in milliseconds since 1970.
 */
final class HostClock {
  /** How often the clock of a host that stays silent is advanced. */
  private static final long STEP_MILLIS = Duration.ofMinutes(10).toMillis();

  private long heardAt;
  private long passedUntil;

  /**
   * Creates a clock.
   *
   * @param heardAt the timestamp of the host's latest record, or the time up to which its silence
   *     has already advanced its clock
   */
  HostClock(long heardAt) {
    this.heardAt = heardAt;
    passedUntil = heardAt;
  }

  /**
   * Returns the time up to which the host's clock has been advanced, by a record or by silence. A
   * task that takes over must count silence from there: counted from the latest record, it would
   * advance the clock a second time.
   */
  long passedUntil() {
    return passedUntil;
  }

  /** Notes a record of the host. */
  void heard(long timestamp) {
    if (timestamp > heardAt) {
      heardAt = timestamp;
      passedUntil = timestamp;
    }
  }

  /**
   * Returns by how much the host's silence advances its clock, in milliseconds.
   *
   * @param progress how far all partitions have been read
   * @param longest how long a host may send nothing before it counts as silent
   * @return 0 if the clock does not advance
   */
  long silence(long progress, long longest) {
    boolean isFirst = passedUntil == heardAt;
    if (progress - heardAt <= longest || (!isFirst && progress - passedUntil < STEP_MILLIS)) {
      return 0;
    }
    long by = progress - passedUntil;
    passedUntil = progress;
    return by;
  }
}
