package dev.iiswarden.decode;

import dev.iiswarden.event.Event;
import java.util.List;

/**
 * What a record was decoded to in one shape.
 *
 * @param isSettled whether no other reading of the record can find more; otherwise it lacks its
 *     host, its time or its values, or may hold another record
 */
record Reading(Decoded decoded, boolean isSettled) {

  /** Returns the reading of a record inside another; it is settled if it is complete. */
  static Reading of(Decoded decoded) {
    List<Event> events = decoded.events();
    return new Reading(decoded, !events.isEmpty() && events.get(0).getHost().getName() != null);
  }

  /** Returns the reading that found more; this one if both found as much. */
  Reading orBetter(Reading other) {
    boolean isBetter =
        other.rank() > rank() || (other.rank() == rank() && !isSettled && other.isSettled);
    return isBetter ? other : this;
  }

  private int rank() {
    if (!decoded.events().isEmpty()) {
      return 3;
    }
    return switch (decoded.outcome()) {
      case FACTS -> 3;
      case NO_TIME -> 2;
      case NOT_OF_INTEREST -> 1;
      case UNRECOGNISED, MALFORMED -> 0;
    };
  }
}
