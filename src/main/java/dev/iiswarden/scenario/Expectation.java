package dev.iiswarden.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The expected alerts of a {@link Scenario}. Made by {@link ScenarioFile}. Immutable and safe for
 * use by several threads.
 *
 * @param line the line in the scenario file
 * @param rule the id of the rule that must raise the alerts; null for any rule
 * @param count the expected number of alerts
 * @param host the host of the alerts; null for any host
 * @param evidence the ids of each alert's evidence events, in order; empty for any evidence
 */
public record Expectation(
    long line, @Nullable String rule, long count, @Nullable String host, List<String> evidence) {

  @Override
  public String toString() {
    return (count == 1 ? "1 alert" : count + " alerts")
        + (rule == null ? "" : " of rule " + rule)
        + (host == null ? "" : " on host " + host)
        + (evidence.isEmpty() ? "" : " with evidence " + evidence);
  }
}
