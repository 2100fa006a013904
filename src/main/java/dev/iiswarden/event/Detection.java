package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;

/**
 * What a rule says when it matches: these events, in this order, are its evidence. Inserted by the
 * rule as its one consequence; the engine takes it out again and makes the alert of it, with the
 * rule's metadata, the host, the time and an id. Immutable.
 */
public final class Detection {
  private final List<Event> evidence;
  private final List<PendingSequence> completed;

  /**
   * A detection.
   *
   * @param evidence the events, in the order in which they tell the story, each once; a {@link
   *     PendingSequence} stands for its events and is completed by this, a {@link
   *     ModuleRegistration} for its event, and a list of events is just that
   * @throws IllegalArgumentException if there is none, or one that is none of these
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
        throw new IllegalArgumentException("no evidence: " + item);
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

  /** The evidence, in order; never empty. */
  public List<Event> getEvidence() {
    return evidence;
  }

  /**
   * Whether this detection completes the given sequence: it was among the evidence itself, which is
   * more than that its first event is, for that may be evidence in other detections, too.
   */
  public boolean completes(PendingSequence pending) {
    return completed.contains(pending);
  }

  @Override
  public String toString() {
    return "Detection" + evidence;
  }
}
