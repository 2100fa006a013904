package dev.iiswarden.rules;

import dev.iiswarden.drl.Metadata;
import dev.iiswarden.engine.RuleBase.RuleDescription;
import dev.iiswarden.event.Maxspan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the annotations of a rule. Drools returns their values as they are written, with their
 * quotes (several values as one text with commas between the quotes), or without quotes if
 * drools-mvel is on the class path.
 */
final class RuleAnnotations {
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final int MOST_RISK = 100;

  private final Map<String, Object> values;

  private RuleAnnotations(RuleDescription description) {
    values = description.annotations();
  }

  static Rule read(RuleDescription description) {
    RuleAnnotations annotations = new RuleAnnotations(description);
    Rule.Builder rule =
        Rule.builder(annotations.one("id", description.name()))
            .name(description.name())
            .description(annotations.one("description", ""))
            .severity(annotations.one("severity", "medium"))
            .confidence(annotations.one("confidence", "medium"))
            .tactic(annotations.one("tactic", ""))
            .technique(annotations.one("technique", ""))
            .references(annotations.many("references"))
            .falsePositives(annotations.many("falsePositives"))
            .sources(annotations.many("sources"))
            .blindSpots(annotations.many("blindSpots"))
            .guide(annotations.one("guide", ""))
            .author(annotations.one("author", ""))
            .version(annotations.one("version", ""))
            .ruleset(annotations.one("ruleset", ""));
    String risk = annotations.one("riskScore", "");
    if (risk.matches("\\d{1,3}") && Integer.parseInt(risk) <= MOST_RISK) {
      rule.riskScore(Integer.parseInt(risk));
    }
    // Trusted rules are compiled without a check of their metadata.
    if (annotations.isValid("stages")) {
      rule.stages(annotations.many("stages"));
    }
    if (annotations.isValid("suppressBy")) {
      rule.suppressBy(annotations.many("suppressBy"));
    }
    if (annotations.isValid("suppressFor")) {
      rule.suppressFor(Maxspan.of(annotations.one("suppressFor", "")));
    }
    return rule.build();
  }

  private boolean isValid(String annotation) {
    return values.containsKey(annotation) && Metadata.check(annotation, many(annotation)) == null;
  }

  /** Several quoted texts are one text that was broken over lines. */
  private String one(String annotation, String otherwise) {
    List<String> parts = many(annotation);
    return parts.isEmpty() ? otherwise : String.join(" ", parts);
  }

  private List<String> many(String annotation) {
    Object value = values.get(annotation);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> texts) {
      return texts.stream().map(String::valueOf).toList();
    }
    String text = value.toString().strip();
    List<String> parts = new ArrayList<>();
    Matcher quoted = QUOTED.matcher(text);
    while (quoted.find()) {
      parts.add(quoted.group(1).replaceAll("\\\\(.)", "$1"));
    }
    if (parts.isEmpty() && !text.isEmpty()) {
      parts.add(text);
    }
    return parts;
  }
}
