package dev.iiswarden.scenario;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a scenario. Immutable.
 *
 * @param scenario the scenario
 * @param alerts all alerts there were
 * @param failures the expectations that were not met, in words; empty if all were
 */
public record ScenarioResult(Scenario scenario, List<Alert> alerts, List<String> failures) {

  /** A result; lists are copied. */
  public ScenarioResult {
    alerts = List.copyOf(alerts);
    failures = List.copyOf(failures);
  }

  /** Whether all expectations were met. */
  public boolean passed() {
    return failures.isEmpty();
  }

  /** What was expected and not met, what was said instead, and what happened when. */
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
