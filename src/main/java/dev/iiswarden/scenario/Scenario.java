package dev.iiswarden.scenario;

import dev.iiswarden.event.Event;
import java.util.List;

/**
 * A test of rules: events in the order of their times, and the expected alerts. Made by {@link
 * ScenarioFile}, run by {@link ScenarioRunner}. Immutable and safe for use by several threads.
 *
 * @param file the file that contains the scenario
 * @param line the line where it begins
 * @param name what the scenario shows
 * @param events at least one
 * @param expectations at least one
 */
public record Scenario(
    String file, long line, String name, List<Event> events, List<Expectation> expectations) {

  /** Creates a scenario and copies the lists. */
  public Scenario {
    events = List.copyOf(events);
    expectations = List.copyOf(expectations);
  }

  /** The scenario's place: {@code file:line}. */
  public String where() {
    return file + ":" + line;
  }
}
