package dev.iiswarden.engine;

import dev.iiswarden.event.SessionTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of a host: the latest event time that is believed, as session time. Not safe for use by
 * several threads.
 *
 * <p>A single event moves the clock by at most a few minutes (the <em>leap</em> of the engine), and
 * by as much as has passed since the clock last moved, as measured by arrival. An event that is
 * further ahead leaps: its host may have been silent, or its time may be wrong. A second event
 * decides. If it is ahead as well, both are believed as far as they agree. If it is not, the leap
 * is {@linkplain #isRefuted() refuted}.
 */
final class EventClock {
  /** How far ahead an event is believed without a second one, unless the engine says otherwise. */
  static final Duration LEAP = Duration.ofMinutes(5);

  /** The session time before any event. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private final InstantSource arrivals;
  private final long leap;
  private final long disorder;
  private long time = UNKNOWN;
  private long ahead = UNKNOWN;
  private long arrivedAt = UNKNOWN;
  private boolean refuted;

  /**
   * Creates a clock that no event has moved.
   *
   * @param lateness how far an event may trail an earlier one without being evidence against it
   * @param leap how far ahead an event is believed without a second one
   * @param arrivals tells when an event arrives
   */
  EventClock(Duration lateness, Duration leap, InstantSource arrivals) {
    this.arrivals = arrivals;
    this.leap = leap.toMillis();
    disorder = Math.max(lateness.toMillis(), this.leap);
  }

  /** Whether a record of this session time leaps. */
  boolean isLeap(long millis) {
    return millis - leap > time;
  }

  /** Returns the session time; {@link #UNKNOWN} before the first event. */
  long time() {
    return time;
  }

  /** Returns the session time of an event that leaps and is not yet decided; else UNKNOWN. */
  long ahead() {
    return ahead;
  }

  /** Returns the session time of the arrival at which the clock last moved; UNKNOWN if it is. */
  long arrivedAt() {
    return arrivedAt;
  }

  /** Restores what {@link #time()}, {@link #ahead()} and {@link #arrivedAt()} returned. */
  void restore(long time, long ahead, long arrivedAt) {
    this.time = time;
    this.ahead = ahead;
    this.arrivedAt = arrivedAt;
  }

  /** Whether the last call found that an earlier event had leapt without cause. */
  boolean isRefuted() {
    return refuted;
  }

  /** Takes note of an event of the host. */
  void observe(long millis) {
    refuted = false;
    if (millis <= time || isBelieved(millis)) {
      // An event that counts as of the clock's own time says nothing about the time.
      refuted = ahead != UNKNOWN && millis != time && millis < ahead - disorder;
      if (refuted) {
        ahead = UNKNOWN;
      }
      if (millis > time) {
        moveTo(millis);
      }
    } else if (ahead == UNKNOWN) {
      ahead = millis;
    } else if (millis != ahead) {
      // The same time again may be the same record again.
      long earlier = ahead;
      moveTo(Math.min(earlier, millis));
      ahead = UNKNOWN;
      if (!isLeap(Math.max(earlier, millis))) {
        moveTo(Math.max(earlier, millis));
      } else if (millis > earlier) {
        ahead = millis;
      } else {
        refuted = true;
      }
    }
  }

  private boolean isBelieved(long millis) {
    if (time == UNKNOWN) {
      return millis - leap <= SessionTime.of(arrivals.instant());
    }
    return !isLeap(millis) || isExplainedByArrival(millis);
  }

  private boolean isExplainedByArrival(long millis) {
    return arrivedAt != UNKNOWN
        && millis - time - leap <= SessionTime.of(arrivals.instant()) - arrivedAt;
  }

  private void moveTo(long millis) {
    // A second is exact enough for spans of minutes, and asking for the time is not free.
    if (arrivedAt == UNKNOWN || millis - time >= 1_000) {
      arrivedAt = SessionTime.of(arrivals.instant());
    }
    time = millis;
    if (ahead <= time) {
      ahead = UNKNOWN;
    }
  }

  /**
   * Lets time pass, by word of the application. A leap to the present is believed then; one beyond
   * it is refuted.
   *
   * @param millis the session time; {@link #UNKNOWN} to decide about a leap only
   */
  void advanceTo(long millis) {
    refuted = false;
    if (millis > time) {
      moveTo(millis);
    }
    if (ahead != UNKNOWN) {
      Instant present = arrivals.instant();
      if (ahead - leap <= SessionTime.of(present)) {
        moveTo(ahead);
      } else {
        refuted = true;
        ahead = UNKNOWN;
      }
    }
  }
}
