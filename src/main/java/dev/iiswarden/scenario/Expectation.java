package dev.iiswarden.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What shall come of a scenario.
 *
 * @param line where it stands in the file
 * @param rule the id of the rule that shall raise alerts; null for any
 * @param count how many
 * @param host on which host; null for any
 * @param evidence the ids of the evidence events of each alert, in order; empty for any
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
