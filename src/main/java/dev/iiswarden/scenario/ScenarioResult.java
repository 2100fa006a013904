package dev.iiswarden.scenario;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of running a scenario. Made by {@link ScenarioRunner}. Immutable and safe for use by
 * several threads.
 *
 * @param scenario the scenario
 * @param alerts all alerts that were raised
 * @param failures the unmet expectations, in words; empty if the scenario passed
 */
public record ScenarioResult(Scenario scenario, List<Alert> alerts, List<String> failures) {

  /** Creates a result and copies the lists. */
  public ScenarioResult {
    alerts = List.copyOf(alerts);
    failures = List.copyOf(failures);
  }

  /** Returns whether all expectations were met. */
  public boolean passed() {
    return failures.isEmpty();
  }

  /**
   * Describes the unmet expectations, the alerts that were raised, and the events with their times.
   */
  public String explanation() {
    List<String> lines = new ArrayList<>(failures);
    lines.add(alerts.isEmpty() ? "  no alert was raised" : "  alerts raised:");
    for (Alert alert : alerts) {
      lines.add(
          "    "
              + alert.rule().id()
              + " on "
              + alert.host()
              + ", evidence "
              + alert.evidence().stream().map(event -> event.getEvent().getId()).toList());
    }
    lines.add("  what happened:");
    Instant start = scenario.events().get(0).getTimestamp();
    for (Event event : scenario.events()) {
      Duration offset = Duration.between(start, event.getTimestamp());
      lines.add(
          "    ["
              + event.getEvent().getId()
              + "] +"
              + offset.toString().substring(2)
              + "  "
              + event);
    }
    return String.join(System.lineSeparator(), lines);
  }
}
