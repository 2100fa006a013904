package dev.iiswarden.scenario;

import dev.iiswarden.event.Event;
import java.util.List;

/**
 * A test of rules: events in the order of their times, and what is expected of them. Immutable.
 *
 * @param file the file it is from
 * @param line where it begins
 * @param name what it shows
 * @param events at least one
 * @param expectations at least one
 */
public record Scenario(
    String file, long line, String name, List<Event> events, List<Expectation> expectations) {

  /** A scenario; lists are copied. */
  public Scenario {
    events = List.copyOf(events);
    expectations = List.copyOf(expectations);
  }

  /** Where it stands: {@code file:line}. */
  public String where() {
    return file + ":" + line;
  }
}
