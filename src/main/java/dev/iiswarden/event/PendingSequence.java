package dev.iiswarden.event;

import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * The first event of a sequence has been seen and its second is waited for: what EQL holds between
 * the stages of {@code sequence}. A rule that recognises the first event inserts one; the rule for
 * the second event takes it up from a sliding window.
 *
 * <p>As in EQL, of one sequence only the most recent first event waits, and a completed sequence no
 * longer waits. The rules in {@code dev/iiswarden/rules/sequences.drl} see to both, so no other
 * rule has to. Immutable.
 */
@Role(Role.Type.EVENT)
@Timestamp("streamTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class PendingSequence {
  private final String name;
  private final Event first;

  /**
   * A sequence that has begun.
   *
   * @param name which sequence this is: by custom the id of the rule that completes it
   * @param first the event that began it
   */
  public PendingSequence(String name, Event first) {
    this.name = name;
    this.first = first;
  }

  /** Which sequence this is. */
  public String getName() {
    return name;
  }

  /** The event that began it. */
  public Event getFirst() {
    return first;
  }

  /** The time Drools gives this fact: see {@link Event#getStreamTime()}. */
  public long getStreamTime() {
    return first.getStreamTime();
  }

  /** Whether this began after the other, in the order of the stream, and on the same machine. */
  public boolean beganAfter(PendingSequence other) {
    return Event.STREAM_ORDER.compare(first, other.first) > 0
        && first.getHost().isSameMachineAs(other.first.getHost());
  }

  @Override
  public String toString() {
    return "PendingSequence{" + name + ", " + first + "}";
  }
}
