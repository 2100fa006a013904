package dev.iiswarden.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.rules.Rules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A scenario can expect alerts only of rules that exist. */
class ScenarioRunnerTest {
  private static final String MISSPELT =
      ":6: there is no rule registry-then-fil: did you mean registry-then-file?";

  private final ScenarioRunner runner = new ScenarioRunner(Rules.baseQuery());

  private static Scenario expecting(String file, String alerts) {
    String yaml =
        """
        - name: a drop
          events:
            - kind: file
              file.path: 'C:\\e.dll'
          expect:
        """;
    return YamlScenarios.parse(file, yaml + alerts.indent(4)).get(0);
  }

  @Test
  void aRuleThatDoesNotExistIsAnErrorEvenIfNoAlertIsExpected() {
    Scenario misspelt = expecting("a.yaml", "- rule: registry-then-fil\n  count: 0");
    assertEquals(
        "a.yaml" + MISSPELT,
        assertThrows(ScenarioException.class, () -> runner.run(misspelt)).getMessage());
    assertTrue(runner.run(expecting("a.yaml", "- rule: registry-then-file\n  count: 0")).passed());
  }

  @Test
  void theErrorsOfAllScenariosAreReported() {
    List<Scenario> scenarios =
        Stream.of("a.yaml", "b.yaml")
            .map(file -> expecting(file, "- rule: registry-then-fil\n- rule: web-config-written"))
            .toList();
    assertEquals(
        List.of(
            "a.yaml" + MISSPELT,
            "a.yaml:7: there is no rule web-config-written",
            "b.yaml" + MISSPELT,
            "b.yaml:7: there is no rule web-config-written"),
        String.valueOf(
                assertThrows(ScenarioException.class, () -> runner.check(scenarios)).getMessage())
            .lines()
            .toList());
  }

  @Test
  void aScenarioThatExpectsNothingNamesNoRule() {
    String yaml = "- name: a drop\n  events: [{kind: file, file.path: a}]\n  expect: none\n";
    assertTrue(runner.run(YamlScenarios.parse("a.yaml", yaml).get(0)).passed());
  }
}
