package dev.iiswarden.event;

import java.time.Instant;

/**
 * The time on the clock of a Drools session, in milliseconds since the year 0. Drools has no time
 * zones and no years, only a number, and a fact whose number is negative never expires; so it is
 * counted from the earliest time that an event can bear.
 */
public final class SessionTime {
  private static final long START = Event.EARLIEST.toEpochMilli();

  private SessionTime() {}

  /** The session time of an instant, to the millisecond; negative before the year 0. */
  public static long of(Instant time) {
    return time.toEpochMilli() - START;
  }

  /** The instant of a session time. */
  public static Instant toInstant(long millis) {
    return Instant.ofEpochMilli(START + millis);
  }
}
