package dev.iiswarden.simulation;

import java.time.Instant;
import java.time.InstantSource;

/** The wall clock: it goes on with what arrives, and never back. */
final class SimulatedClock implements InstantSource {
  private Instant now = SimulatedFeed.START;

  @Override
  public Instant instant() {
    return now;
  }

  void moveTo(Instant time) {
    if (time.isAfter(now)) {
      now = time;
    }
  }
}
