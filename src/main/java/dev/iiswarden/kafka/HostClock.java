package dev.iiswarden.kafka;

import java.time.Duration;

/**
 * How long nothing has come from an open host while the input has gone on. All times are stream
 * time, in milliseconds since 1970.
 */
final class HostClock {
  /** How often the clock of a host that goes on being silent is moved. */
  private static final long STEP_MILLIS = Duration.ofMinutes(10).toMillis();

  private long heardAt;
  private long passedUntil;

  /**
   * A clock.
   *
   * @param heardAt the timestamp of the latest record of the host
   */
  HostClock(long heardAt) {
    this.heardAt = heardAt;
    passedUntil = heardAt;
  }

  /** The timestamp of the latest record of the host. */
  long heardAt() {
    return heardAt;
  }

  /** A record of the host came. */
  void heard(long timestamp) {
    if (timestamp > heardAt) {
      heardAt = timestamp;
      passedUntil = timestamp;
    }
  }

  /**
   * By how much the host's silence moves the host's clock.
   *
   * @param progress how far all partitions have been read
   * @param longest how long a host may be unheard of without being silent
   * @return 0 if by nothing
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
