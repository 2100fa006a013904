package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * The fact that a sequence has begun and waits for its next event: the state that EQL keeps between
 * the stages of {@code sequence}. A rule that recognises the first event inserts one, and the rule
 * for the next event finds it in a sliding window.
 *
 * <p>As in EQL, only the most recent occurrence of a sequence waits, and a completed sequence no
 * longer waits. The rules in {@code iiswarden/sequences/sequences.drl} enforce both, so no other
 * rule has to. A sequence with a key is EQL's {@code sequence by}: one occurrence waits for each
 * value of the key. Pending sequences are kept for the longest window that any rule has over them.
 * Immutable and safe for use by several threads.
 *
 * <p>Example: {@code $waiting : PendingSequence( name == "drop-then-load" ) over window:time( 1h1ms
 * )}
 */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class PendingSequence {
  private final String name;
  private final @Nullable String key;
  private final List<Event> events;

  /**
   * Creates a sequence without a key.
   *
   * @param name the name of the sequence: by convention, the id of the rule that completes it
   * @param first the event that began it
   */
  public PendingSequence(String name, Event first) {
    this(name, null, List.of(first));
  }

  /**
   * Creates a sequence with a key.
   *
   * @param key distinguishes sequences of the same name, such as a path; null for none
   * @param first the event that began it
   */
  public PendingSequence(String name, @Nullable String key, Event first) {
    this(name, key, List.of(first));
  }

  /**
   * Creates a sequence that continues another by one event.
   *
   * @param before the sequence so far
   * @param next the next event
   */
  public PendingSequence(String name, @Nullable String key, PendingSequence before, Event next) {
    this(name, key, joined(before.events, next));
  }

  /**
   * Creates a sequence of these events.
   *
   * @param events the events in order, at least one
   */
  public PendingSequence(String name, @Nullable String key, List<Event> events) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a sequence must have at least one event");
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

  /**
   * The name of the sequence.
   *
   * <p>Example: {@code PendingSequence( name == "drop-then-load" )}
   */
  public String getName() {
    return name;
  }

  /**
   * The key that distinguishes sequences of the same name; null if there is none.
   *
   * <p>Example: {@code samePath( dll.path, $waiting.key )}
   */
  public @Nullable String getKey() {
    return key;
  }

  /**
   * The first event.
   *
   * <p>Example: {@code follows( $waiting.first, "10m" )}
   */
  public Event getFirst() {
    return events.get(0);
  }

  /**
   * The last event so far.
   *
   * <p>Example: {@code process.isSameAs( $waiting.last.process )}
   */
  public Event getLast() {
    return events.get(events.size() - 1);
  }

  /**
   * All events so far, in order.
   *
   * <p>Example: {@code PendingSequence( events.size() > 1 )}
   */
  public List<Event> getEvents() {
    return events;
  }

  /** The session time of the last event, see {@link Event#getSessionTime()}. */
  public long getSessionTime() {
    return getLast().getSessionTime();
  }

  /**
   * Returns whether this sequence replaces the other: both have the same name, key and machine, and
   * this one is later in the order of the stream.
   *
   * <p>Example: {@code PendingSequence( replaces( $waiting ) )}
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
