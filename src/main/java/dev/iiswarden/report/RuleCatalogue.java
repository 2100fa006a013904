package dev.iiswarden.report;

import dev.iiswarden.rules.Explanation;
import dev.iiswarden.rules.Explanation.Condition;
import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a page shows: their metadata, texts and guides. Each is written once and
 * referenced by number.
 */
final class RuleCatalogue {
  private final List<Path> guideDirectories;
  private final Map<Rule, Integer> numbers = new HashMap<>();
  private final List<Map<String, Object>> rules = new ArrayList<>();
  private final Map<List<Object>, Integer> patternNumbers = new HashMap<>();
  private final List<Map<String, Object>> patterns = new ArrayList<>();
  private final Map<String, String> guides = new LinkedHashMap<>();
  private @Nullable Rules current;

  RuleCatalogue(List<Path> guideDirectories) {
    this.guideDirectories = List.copyOf(guideDirectories);
  }

  /** Returns the number of a rule that raises alerts. */
  int number(Rule rule, Rules of) {
    goOnWith(of);
    Integer known = numbers.get(rule);
    if (known != null) {
      return known;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", rule.id());
    entry.put("name", rule.name());
    entry.put("description", rule.description());
    entry.put("severity", rule.severity());
    entry.put("confidence", rule.confidence());
    entry.put("technique", rule.technique());
    entry.put("version", rule.version());
    entry.put("references", rule.references());
    entry.put("falsePositives", rule.falsePositives());
    entry.put("blindSpots", rule.blindSpots());
    entry.put("window", of.window(rule).map(Duration::toMillis).orElse(0L));
    putText(entry, rule.name(), of);
    int number = rules.size();
    Guide.html(rule.guide(), guideDirectories)
        .ifPresentOrElse(
            html -> {
              entry.put("guide", "guide-" + number);
              guides.put("guide-" + number, html);
            },
            () -> entry.put("guideLink", rule.guide()));
    rules.add(entry);
    numbers.put(rule, number);
    return number;
  }

  /**
   * Treats reloaded rules as new ones even if their ids are the same, so that earlier alerts keep
   * their texts.
   */
  private void goOnWith(Rules rules) {
    if (rules != current) {
      numbers.clear();
      patternNumbers.clear();
      current = rules;
    }
  }

  private static @Nullable DrlText putText(Map<String, Object> entry, String rule, Rules of) {
    DrlText drl = DrlText.of(rule, of.files()).orElse(null);
    if (drl != null) {
      entry.put("file", drl.file());
      entry.put("line", drl.line());
      entry.put("drl", drl.text());
    }
    return drl;
  }

  /** Returns the number of one pattern of a rule. */
  int number(Explanation explanation, Rules of) {
    goOnWith(of);
    List<Object> key =
        List.of(
            explanation.ruleName(),
            explanation.factType(),
            explanation.conditions().stream().map(Condition::text).toList());
    Integer known = patternNumbers.get(key);
    if (known != null) {
      return known;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("rule", explanation.ruleName());
    entry.put("id", explanation.ruleId());
    entry.put("others", explanation.others());
    entry.put("conditions", conditions(explanation, putText(entry, explanation.ruleName(), of)));
    patterns.add(entry);
    patternNumbers.put(key, patterns.size() - 1);
    return patterns.size() - 1;
  }

  private static List<Map<String, Object>> conditions(
      Explanation explanation, @Nullable DrlText drl) {
    List<Map<String, Object>> conditions = new ArrayList<>();
    int from = 0;
    for (Condition condition : explanation.conditions()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("text", condition.text());
      condition.field().ifPresent(field -> entry.put("field", field));
      DrlText.Span span = drl == null ? null : drl.find(condition.text(), from);
      if (span != null) {
        entry.put("from", span.from());
        entry.put("to", span.to());
        from = span.to();
      }
      conditions.add(entry);
    }
    return conditions;
  }

  /** Returns the outcomes of the conditions, one letter each. */
  static String outcomes(Explanation explanation) {
    StringBuilder outcomes = new StringBuilder();
    for (Condition condition : explanation.conditions()) {
      outcomes.append(
          switch (condition.outcome()) {
            case MET -> 'M';
            case NOT_MET -> 'N';
            case DEPENDS_ON_OTHER_FACTS -> 'D';
            case FAILED -> 'F';
          });
    }
    return outcomes.toString();
  }

  /** All rules numbered so far, by number. */
  List<Map<String, Object>> rules() {
    return rules;
  }

  /** All patterns numbered so far, by number. */
  List<Map<String, Object>> patterns() {
    return patterns;
  }

  /** The guides as HTML, by the id that the rules give. */
  Map<String, String> guides() {
    return guides;
  }
}
