package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;

/**
 * The fact that a rule inserts when it matches, as its one consequence: these events, in this
 * order, are the evidence. The engine removes it and makes an alert from it, with the rule's
 * metadata, the host, the time and an id. Immutable and safe for use by several threads.
 *
 * <p>Example: {@code insert( new Detection( $waiting, $dropped ) );}
 */
public final class Detection {
  private final List<Event> evidence;
  private final List<PendingSequence> completed;

  /**
   * Creates a detection.
   *
   * @param evidence the events in the order in which they happened; each is kept once. A {@link
   *     PendingSequence} stands for its events and is completed by this detection; a {@link
   *     ModuleRegistration} stands for its event; a list stands for its events
   * @throws IllegalArgumentException if there is no event, or an argument of another type
   */
  public Detection(Object... evidence) {
    List<Event> events = new ArrayList<>(evidence.length);
    List<PendingSequence> sequences = new ArrayList<>(1);
    for (Object item : evidence) {
      if (item instanceof PendingSequence pending) {
        pending.getEvents().forEach(event -> addOnce(event, events));
        sequences.add(pending);
      } else if (item instanceof ModuleRegistration registration) {
        addOnce(registration.getEvent(), events);
      } else if (item instanceof Event event) {
        addOnce(event, events);
      } else if (item instanceof List<?> list && list.stream().allMatch(Event.class::isInstance)) {
        list.forEach(event -> addOnce((Event) event, events));
      } else {
        throw new IllegalArgumentException(
            "not an event, a sequence, a registration or a list of events: " + item);
      }
    }
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a detection needs evidence");
    }
    this.evidence = List.copyOf(events);
    this.completed = List.copyOf(sequences);
  }

  private static void addOnce(Event event, List<Event> events) {
    if (events.stream().noneMatch(known -> known == event)) {
      events.add(event);
    }
  }

  /**
   * The evidence, in order; never empty.
   *
   * <p>Example: {@code Detection( evidence.size() > 1 )}
   */
  public List<Event> getEvidence() {
    return evidence;
  }

  /**
   * Returns whether this detection completes the given sequence. This is so only if the sequence
   * itself was passed as evidence; its first event alone may be evidence of other detections, too.
   *
   * <p>Example: {@code Detection( completes( $waiting ) )}
   */
  public boolean completes(PendingSequence pending) {
    return completed.contains(pending);
  }

  @Override
  public String toString() {
    return "Detection" + evidence;
  }
}
