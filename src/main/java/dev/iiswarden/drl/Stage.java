package dev.iiswarden.drl;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A fact that waits in the window of a pattern, or has waited there. Not safe for use by several
 * threads.
 */
final class Stage {
  private final Pattern pattern;
  private final Object fact;
  private StageTrial.@Nullable Relation end;
  private @Nullable Event closedBy;

  /** Creates an open stage. */
  Stage(Pattern pattern, Object fact) {
    this.pattern = pattern;
    this.fact = fact;
  }

  /** Returns the pattern whose window it is. */
  Pattern pattern() {
    return pattern;
  }

  /** Returns the waiting fact. */
  Object fact() {
    return fact;
  }

  /** Returns the last event of a fact. */
  static Event lastEvent(Object fact) {
    if (fact instanceof PendingSequence sequence) {
      return sequence.getLast();
    }
    return fact instanceof ModuleRegistration registration ? registration.getEvent() : (Event) fact;
  }

  /** Returns whether it is a stage of this host. */
  boolean isOf(HostFields host) {
    return lastEvent(fact).getHost().isSameMachineAs(host);
  }

  /** Closes the stage, if it is still open. */
  void close(StageTrial.Relation how, Event by) {
    if (end == null) {
      end = how;
      closedBy = by;
    }
  }

  /**
   * Returns why it is no longer open; null if it is.
   *
   * @param now the host's session time
   */
  StageTrial.@Nullable Relation end(long now) {
    if (end != null) {
      return end;
    }
    // A window excludes its far end.
    boolean isOver = lastEvent(fact).getSessionTime() + pattern.fact().windowMillis() <= now;
    return isOver ? StageTrial.Relation.EXPIRED : null;
  }

  /** Returns the stage for people to read. */
  StageTrial.Held held() {
    PendingSequence sequence = fact instanceof PendingSequence pending ? pending : null;
    Event last = lastEvent(fact);
    return new StageTrial.Held(
        pattern.fact().variable(),
        sequence == null ? null : sequence.getName(),
        sequence == null ? null : sequence.getKey(),
        last,
        last.getTimestamp().truncatedTo(ChronoUnit.MILLIS).toEpochMilli()
            + pattern.fact().windowMillis(),
        closedBy);
  }
}
