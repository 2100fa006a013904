package dev.iiswarden.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios beside the rules pass. */
class ScenariosTest {
  private static final Rules RULES = Rules.bundled();
  private static final List<Scenario> ALL = ScenarioFile.readAll(Path.of("rules-drl", "scenarios"));
  private static final ScenarioRunner RUNNER = new ScenarioRunner(RULES);
  private static final ScenarioRunner INTERPRETED =
      new ScenarioRunner(Rules.fromDirectory(Path.of("rules-drl")));

  static List<Named<Scenario>> scenarios() {
    return ALL.stream()
        .map(one -> Named.of(Path.of(one.file()).getFileName() + ": " + one.name(), one))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void holds(Scenario scenario) {
    ScenarioResult result = RUNNER.run(scenario);
    assertTrue(result.passed(), result::explanation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void interpretedRulesRaiseTheSameAlerts(Scenario scenario) {
    assertEquals(ids(RUNNER.run(scenario)), ids(INTERPRETED.run(scenario)), scenario::name);
  }

  private static List<String> ids(ScenarioResult result) {
    return result.alerts().stream().map(alert -> alert.rule().id() + " " + alert.id()).toList();
  }

  @Test
  void everyRuleHasScenariosInWhichItFiresAndInWhichItIsSilent() {
    Set<String> rules =
        RULES.all().stream().map(Rule::id).collect(Collectors.toCollection(TreeSet::new));
    Set<String> firing = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    for (Scenario scenario : ALL) {
      for (Expectation expectation : scenario.expectations()) {
        (expectation.count() > 0 ? firing : silent).add(String.valueOf(expectation.rule()));
      }
    }
    assertEquals(rules, firing);
    assertEquals(rules, silent);
  }
}
