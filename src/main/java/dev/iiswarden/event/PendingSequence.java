package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * A sequence has begun and its next event is waited for: what EQL holds between the stages of
 * {@code sequence}. A rule that recognises the first event inserts one; the rule for the next event
 * takes it up from a sliding window.
 *
 * <p>As in EQL, of one sequence only the most recent one waits, and a completed sequence no longer
 * waits. The rules in {@code iiswarden/rules/sequences.drl} see to both, so no other rule has to. A
 * sequence with a key is EQL's {@code sequence by}: for each value of the key one waits by itself.
 * All are kept for as long as the longest window that any rule has over them. Immutable.
 */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class PendingSequence {
  private final String name;
  private final @Nullable String key;
  private final List<Event> events;

  /**
   * A sequence that has begun, of which one waits.
   *
   * @param name which sequence this is: by custom the id of the rule that completes it
   * @param first the event that began it
   */
  public PendingSequence(String name, Event first) {
    this(name, null, List.of(first));
  }

  /**
   * A sequence that has begun, of which one waits for each key.
   *
   * @param key what tells it from others of its name, such as a path
   * @param first the event that began it
   */
  public PendingSequence(String name, @Nullable String key, Event first) {
    this(name, key, List.of(first));
  }

  /**
   * A sequence that has come one event further, and may go on.
   *
   * @param before the sequence up to now
   * @param next the event that has come
   */
  public PendingSequence(String name, @Nullable String key, PendingSequence before, Event next) {
    this(name, key, joined(before.events, next));
  }

  /**
   * A sequence of these events so far.
   *
   * @param events at least one, in their order
   */
  public PendingSequence(String name, @Nullable String key, List<Event> events) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a sequence begins with an event");
    }
    this.name = name;
    this.key = key;
    this.events = List.copyOf(events);
  }

  private static List<Event> joined(List<Event> events, Event next) {
    List<Event> all = new ArrayList<>(events);
    all.add(next);
    return all;
  }

  /** Which sequence this is. */
  public String getName() {
    return name;
  }

  /** What tells it from others of its name; null if there is but one. */
  public @Nullable String getKey() {
    return key;
  }

  /** The event that began it. */
  public Event getFirst() {
    return events.get(0);
  }

  /** The event that came last. */
  public Event getLast() {
    return events.get(events.size() - 1);
  }

  /** All its events so far, in order. */
  public List<Event> getEvents() {
    return events;
  }

  /**
   * The time Drools gives this fact: that of its last event, see {@link Event#getSessionTime()}.
   */
  public long getSessionTime() {
    return getLast().getSessionTime();
  }

  /**
   * Whether this takes the place of the other: it is the same sequence for the same key and
   * machine, and came later in the order of the stream.
   */
  public boolean replaces(PendingSequence other) {
    return name.equals(other.name)
        && Objects.equals(key, other.key)
        && Event.STREAM_ORDER.compare(getLast(), other.getLast()) > 0
        && getLast().getHost().isSameMachineAs(other.getLast().getHost());
  }

  @Override
  public String toString() {
    return "PendingSequence{" + name + (key == null ? "" : " by " + key) + ", " + events + "}";
  }
}
