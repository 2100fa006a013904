package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.cli.Program.Ended;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import dev.iiswarden.scenario.Scenario;
import dev.iiswarden.scenario.ScenarioFile;
import dev.iiswarden.scenario.ScenarioRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The program begins rules. */
class NewRuleCommandTest {
  @TempDir private Path directory;

  private Ended newRule(int code, Object... arguments) throws Exception {
    Object[] all = new Object[arguments.length + 4];
    all[0] = "new-rule";
    all[1] = "--guides";
    all[2] = directory.resolve("guides");
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    all[all.length - 1] = directory.resolve("rules");
    return iiswarden(all).run().with(code);
  }

  @ParameterizedTest
  @MethodSource("dev.iiswarden.event.EventKind#all")
  void aRuleOfAnyKindHoldsUntilItIsEmptied(EventKind kind) throws Exception {
    Ended ended = newRule(0, "--kind", kind.name(), "--name", "An example", "example-rule");
    assertTrue(ended.out().contains("passed: what the rule is for"), ended::toString);
    assertTrue(ended.out().contains("passed: something else of the kind"), ended::toString);

    Path rule = directory.resolve("rules").resolve("example-rule.drl");
    RulesDirectory rules = RulesDirectory.at(directory.resolve("rules"));
    assertEquals(List.of(), rules.lint());
    String text = Files.readString(rule);
    assertEquals(0, failures(rules.compile()));
    int from = text.indexOf("when");
    int to = text.indexOf("\nthen");
    Files.writeString(
        rule,
        text.substring(0, from)
            + "when $event : "
            + text.substring(text.indexOf(" : ") + 3, text.indexOf("(\n", from))
            + "()"
            + text.substring(to));
    assertTrue(failures(rules.compile()) > 0);
    Files.writeString(rule, text.replace("insert( new Detection( $event ) );", ""));
    assertTrue(failures(rules.compile()) > 0);

    String guide = Files.readString(directory.resolve("guides").resolve("example-rule.md"));
    assertTrue(guide.startsWith("# An example\n"));
    for (String content : List.of(text, guide, Files.readString(scenarios()))) {
      assertFalse(content.matches("(?s).*\\{[a-zA-Z]+\\}.*"), content);
    }
  }

  @Test
  void checkListsThePlaceholdersUntilTheyAreReplaced() throws Exception {
    newRule(0, "example-rule");
    Path rules = directory.resolve("rules");
    iiswarden("test", rules).run().with(0);
    Ended red = iiswarden("check", rules).run().with(1);
    List<String> findings =
        red.out()
            .lines()
            .map(line -> line.replace(directory + "/", ""))
            .filter(line -> line.contains(": this is still the placeholder of new-rule: say "))
            .map(line -> line.replace(": this is still the placeholder of new-rule: say ", " "))
            .toList();
    assertEquals(
        List.of(
            "rules/example-rule.drl:8:4 why this is worth an alert, for whoever reads the rule",
            "rules/example-rule.drl:12:19 what happened, and what an intruder gains by it, in a"
                + " sentence or two",
            "rules/example-rule.drl:19:22 who does the same for a good reason",
            "rules/example-rule.drl:21:18 what of the kind this rule does not see",
            "rules/example-rule.drl:23:14 your name",
            "rules/example-rule.drl:29:30 which paths to match",
            "rules/scenarios/example-rule.yaml:3:9 what the rule is for",
            "rules/scenarios/example-rule.yaml:6:18 what the rule is for",
            "rules/scenarios/example-rule.yaml:12:9 what is similar, but harmless",
            "rules/scenarios/example-rule.yaml:15:18 what is similar, but harmless",
            "guides/example-rule.md:7:1 what happened, which intruders do so, and what they gain"
                + " by it",
            "guides/example-rule.md:24:4 what to stop, in which order, so that evidence is not lost",
            "guides/example-rule.md:33:80 which paths to match",
            "guides/example-rule.md:61:34 which paths to match",
            "guides/example-rule.md:71:1 who does the same for a good reason, and how to tell",
            "guides/example-rule.md:78:23 which program is known",
            "guides/example-rule.md:79:3 why it is known",
            "guides/example-rule.md:80:3 who answers for it"),
        findings);
    assertTrue(red.out().contains("1 rules that raise alerts; 18 findings"), red::toString);
  }

  @ParameterizedTest
  @MethodSource("dev.iiswarden.event.EventKind#all")
  void whatIsReplacedIsNoPlaceholder(EventKind kind) throws Exception {
    Path rules = Files.createDirectories(directory.resolve("rules"));
    Path scenarios = Files.createDirectories(rules.resolve("scenarios"));
    RuleTemplate template = RuleTemplate.of(kind);
    Map<String, String> given =
        Map.of("id", "a", "name", "A", "guide", "a.md", "schema", RuleTemplate.SCHEMA);
    Map<Path, String> files =
        Map.of(
            rules.resolve("a.drl"), template.rule(given),
            scenarios.resolve("a.yaml"), template.scenarios(given),
            rules.resolve("a.md"), template.guide(given));
    for (Map.Entry<Path, String> file : files.entrySet()) {
      assertFalse(file.getValue().matches("(?s).*(\\{\\{|}}).*"), file::toString);
      Files.writeString(file.getKey(), file.getValue());
    }
    for (Map.Entry<Path, String> file : files.entrySet()) {
      int before = placeholders(rules).size();
      String mine = file.getValue();
      for (String placeholder : template.placeholders().keySet()) {
        mine = mine.replace(placeholder, "\"*x\"");
      }
      Files.writeString(file.getKey(), mine);
      assertTrue(placeholders(rules).size() < before, file::toString);
    }
    assertEquals(List.of(), placeholders(rules));
  }

  private static List<String> placeholders(Path rules) {
    return Placeholders.find(rules, Rules.fromDirectory(rules));
  }

  private Path scenarios() {
    return directory.resolve("rules").resolve("scenarios").resolve("example-rule.yaml");
  }

  private long failures(Rules rules) {
    ScenarioRunner runner = new ScenarioRunner(rules);
    List<Scenario> all = ScenarioFile.read(scenarios());
    return all.stream().filter(scenario -> !runner.run(scenario).passed()).count();
  }

  @Test
  void aNewRuleMayCallEveryFunctionOnSignatures() throws Exception {
    newRule(0, "--kind", "library", "example-rule");
    Path rule = directory.resolve("rules").resolve("example-rule.drl");
    Files.writeString(
        rule,
        Files.readString(rule)
            .replace("pathLike(", "missingOrInvalid( dll.codeSignature ),\n        pathLike("));
    assertEquals(1, failures(Rules.fromDirectory(directory.resolve("rules"))));
  }

  @Test
  void aSecondRuleGoesBesideTheFirst() throws Exception {
    newRule(0, "first");
    newRule(0, "second-one");
    Rules rules = Rules.fromDirectory(directory.resolve("rules"));
    assertEquals(
        List.of("First", "Second one"), rules.all().stream().map(rule -> rule.name()).toList());
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    newRule(0, "example-rule");
    assertTrue(newRule(2, "example-rule").err().startsWith("rule example-rule exists already"));
    Path rule = directory.resolve("rules").resolve("example-rule.drl");
    Files.delete(rule);
    Files.delete(scenarios());
    Files.writeString(directory.resolve("guides").resolve("example-rule.md"), "mine");
    Ended ended = newRule(2, "example-rule");
    assertTrue(
        ended.err().contains("example-rule.md exists already; nothing was written"),
        ended::toString);
    assertFalse(Files.exists(rule));
    assertFalse(Files.exists(scenarios()));
    assertEquals("mine", Files.readString(directory.resolve("guides").resolve("example-rule.md")));
  }

  @Test
  void rulesThatDoNotCompileComeFirst() throws Exception {
    Path rules = Files.createDirectories(directory.resolve("rules"));
    Files.writeString(rules.resolve("broken.drl"), "package a;\nrule \"b\" when then end end");
    assertTrue(newRule(2, "example-rule").err().contains("broken.drl"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Example | is not an id",
        "../evil | is not an id",
        "a--b | is not an id",
        "--kind dns example | dns",
        "--name 'say \"it\"' example | without quotes"
      })
  void wrongUseIsExplained(String arguments, String expected) throws IOException, Exception {
    Object[] words =
        arguments.startsWith("--name")
            ? new Object[] {"--name", "say \"it\"", "example"}
            : arguments.split(" ", -1);
    Ended ended = newRule(2, words);
    assertTrue(ended.err().contains(expected), ended::toString);
    assertFalse(Files.exists(directory.resolve("rules")));
  }
}
