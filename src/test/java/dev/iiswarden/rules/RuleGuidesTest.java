package dev.iiswarden.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.alert.AllowlistField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule has a guide that says what to do about its alerts, and the index lists all rules. */
class RuleGuidesTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path GUIDES = Path.of("docs/rules");
  private static final Path FOUND = Path.of("target/rules-index.md");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");
  private static final List<String> HEADINGS =
      List.of(
          "## What it means",
          "## Investigate",
          "## Collect",
          "## Respond",
          "## Hunt back",
          "### EQL",
          "### KQL",
          "### SPL",
          "### Sigma",
          "## False positives and tuning");

  static List<Rule> rules() {
    return Rules.bundled().all().stream().sorted(Comparator.comparing(Rule::id)).toList();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleHasAGuideOfAllParts(Rule rule) throws IOException {
    String guide = Files.readString(GUIDES.resolve(rule.id() + ".md"));
    assertTrue(guide.startsWith("# " + rule.name() + "\n"), rule.id());
    assertTrue(
        guide.contains(
            "Rule `"
                + rule.id()
                + "`, severity "
                + rule.severity()
                + ", confidence "
                + rule.confidence()),
        rule.id());
    int at = 0;
    for (String heading : HEADINGS) {
      int next = guide.indexOf("\n" + heading + "\n", at);
      assertTrue(next >= at, () -> rule.id() + ": " + heading);
      at = next;
    }
    for (String language : List.of("eql", "kql", "spl", "yaml")) {
      assertTrue(guide.contains("```" + language + "\n"), () -> rule.id() + ": " + language);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theYamlOfAGuideIsSound(Rule rule) throws IOException {
    String guide = Files.readString(GUIDES.resolve(rule.id() + ".md"));
    List<String> blocks =
        Pattern.compile("(?s)```yaml\n(.*?)```")
            .matcher(guide)
            .results()
            .map(m -> m.group(1))
            .toList();
    assertEquals(2, blocks.size());
    JsonNode sigma = YAML.readTree(blocks.get(0));
    for (String needed : List.of("title", "status", "logsource", "detection", "level", "tags")) {
      assertTrue(sigma.has(needed), () -> rule.id() + ": " + needed);
    }
    List<String> words = List.of(sigma.at("/detection/condition").asText().split("\\W+", -1));
    sigma
        .get("detection")
        .fieldNames()
        .forEachRemaining(
            name ->
                assertTrue(
                    name.equals("condition") || words.contains(name),
                    () -> rule.id() + ": " + name));
    Allowlist example =
        Allowlist.parse(rule.id() + ".yaml", blocks.get(1).getBytes(StandardCharsets.UTF_8));
    assertTrue(
        example.entries().stream()
            .allMatch(
                entry ->
                    String.valueOf(entry.conditions().get(AllowlistField.RULE))
                        .contains(rule.id())),
        rule.id());
    assertEquals(1, example.entries().size());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theAlertLeadsToTheGuide(Rule rule) {
    assertEquals("docs/rules/" + rule.id() + ".md", rule.guide());
  }

  @Test
  void theIndexIsWhatTheRulesSay() throws IOException {
    StringBuilder index =
        new StringBuilder(
            """
            # Rules

            A test generates this table from the annotations in `rules-drl`. See also the [coverage of public
            intrusions](../coverage.md) and a [layer for ATT&CK Navigator](attack-navigator.json).

            | rule | severity | reports | needs |
            | --- | --- | --- | --- |
            """);
    for (Rule rule : rules()) {
      index.append(
          String.format(
              "| [%s](%s.md) | %s | %s | %s |%n",
              rule.id(),
              rule.id(),
              rule.severity(),
              rule.name(),
              String.join("; ", rule.sources())));
    }
    Files.createDirectories(FOUND.getParent());
    Files.writeString(FOUND, index);
    assertEquals(
        index.toString().strip(),
        Files.readString(GUIDES.resolve("README.md")).strip(),
        "docs/rules/README.md is out of date: if the change is intended, copy target/rules-index.md");
  }

  @Test
  void theNavigatorLayerHasTheTechniquesOfTheRules() throws IOException {
    JsonNode layer = new ObjectMapper().readTree(GUIDES.resolve("attack-navigator.json").toFile());
    Map<String, Integer> scores = new TreeMap<>();
    rules().forEach(rule -> scores.merge(rule.technique().split(" ", 2)[0], 1, Integer::sum));
    Map<String, Integer> shown = new TreeMap<>();
    layer
        .get("techniques")
        .forEach(one -> shown.put(one.get("techniqueID").asText(), one.get("score").asInt()));
    assertEquals(scores, shown);
    assertEquals("enterprise-attack", layer.get("domain").asText());
  }

  @Test
  void everyLinkWithinTheDocsLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
      for (Path page : pages.filter(path -> path.toString().endsWith(".md")).toList()) {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
          if (Files.notExists(page.resolveSibling(link.group(1)))) {
            broken.add(page + ": " + link.group(1));
          }
        }
      }
    }
    assertEquals(List.of(), broken);
  }
}
