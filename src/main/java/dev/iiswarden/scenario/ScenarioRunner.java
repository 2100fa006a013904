package dev.iiswarden.scenario;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.drl.NearestName;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Runs scenarios. Each scenario runs on a detector of its own, whose host clocks follow the events,
 * as in production with events in order. Made by the constructor. Safe for use by several threads.
 */
public final class ScenarioRunner {
  private final Rules rules;
  private final List<String> ruleIds;

  /** Creates a runner for these rules. */
  public ScenarioRunner(Rules rules) {
    this.rules = rules;
    ruleIds = rules.all().stream().map(Rule::id).toList();
  }

  /**
   * Checks that the rules whose alerts scenarios expect exist. With a misspelt id, a scenario that
   * expects no alert would always pass.
   *
   * @throws ScenarioException if there is no such rule; the message lists the errors of all
   *     scenarios
   */
  public void check(Collection<Scenario> scenarios) {
    List<String> problems = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      for (Expectation expectation : scenario.expectations()) {
        String rule = expectation.rule();
        if (rule != null && !ruleIds.contains(rule)) {
          problems.add(
              scenario.file()
                  + ":"
                  + expectation.line()
                  + ": there is no rule "
                  + rule
                  + NearestName.ask(rule, ruleIds));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new ScenarioException(problems);
    }
  }

  /**
   * Runs one scenario.
   *
   * @throws ScenarioException as {@link #check}
   */
  public ScenarioResult run(Scenario scenario) {
    check(List.of(scenario));
    List<Alert> alerts = alerts(scenario.events());
    return new ScenarioResult(
        scenario, alerts, failures(scenario.file(), scenario.expectations(), alerts));
  }

  /** Returns the alerts that events raise. */
  List<Alert> alerts(List<Event> events) {
    List<Alert> alerts = new ArrayList<>();
    List<Event> inOrder = new ArrayList<>(events);
    inOrder.sort(Comparator.comparing(Event::getTimestamp));
    try (Detector detector =
        Detector.builder()
            .rules(rules)
            .lateness(Duration.ZERO)
            .mostAlertsPerHour(Integer.MAX_VALUE, Integer.MAX_VALUE)
            .sink(alerts::add)
            .build()) {
      inOrder.forEach(detector::accept);
    }
    return alerts;
  }

  /** Returns the expectations that the alerts do not meet, in words. */
  static List<String> failures(String file, List<Expectation> expectations, List<Alert> alerts) {
    List<String> failures = new ArrayList<>();
    for (Expectation expectation : expectations) {
      long met =
          alerts.stream()
              .filter(alert -> isMeant(alert, expectation) && hasEvidence(alert, expectation))
              .count();
      if (met != expectation.count()) {
        failures.add(
            file
                + ":"
                + expectation.line()
                + ": expected "
                + expectation
                + ", but there "
                + (met == 1 ? "is 1" : "are " + met));
      }
    }
    return failures;
  }

  private static boolean isMeant(Alert alert, Expectation expectation) {
    return (expectation.rule() == null || expectation.rule().equals(alert.rule().id()))
        && (expectation.host() == null || expectation.host().equals(alert.host()));
  }

  private static boolean hasEvidence(Alert alert, Expectation expectation) {
    return expectation.evidence().isEmpty()
        || expectation
            .evidence()
            .equals(alert.evidence().stream().map(event -> event.getEvent().getId()).toList());
  }
}
