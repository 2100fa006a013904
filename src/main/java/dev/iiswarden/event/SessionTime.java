package dev.iiswarden.event;

import java.time.Instant;

/**
 * Converts between instants and session time, the time on the clock of a Drools session. Session
 * time counts milliseconds from the beginning of year 0, {@link Event#EARLIEST}: Drools knows only
 * a number, and a fact with a negative number never expires. Safe for use by several threads.
 */
public final class SessionTime {
  private static final long START = Event.EARLIEST.toEpochMilli();

  private SessionTime() {}

  /** Returns the session time of an instant, to the millisecond; negative before year 0. */
  public static long of(Instant time) {
    return time.toEpochMilli() - START;
  }

  /** Returns the instant of a session time in milliseconds. */
  public static Instant toInstant(long millis) {
    return Instant.ofEpochMilli(START + millis);
  }
}
