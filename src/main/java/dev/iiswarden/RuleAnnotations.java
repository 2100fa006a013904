package dev.iiswarden;

import dev.iiswarden.engine.RuleBase.RuleDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a rule's annotations. Drools hands their values over as they are written, quotes and all
 * (several values as one text with commas between the quotes), or without quotes when drools-mvel
 * is on the class path.
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
    return new Rule(
        annotations.one("id", description.name()),
        description.name(),
        annotations.one("description", ""),
        annotations.one("severity", "medium"),
        annotations.one("confidence", "medium"),
        annotations.one("tactic", ""),
        annotations.one("technique", ""),
        annotations.many("references"),
        annotations.many("falsePositives"),
        annotations.riskScore(),
        annotations.many("sources"),
        annotations.many("blindSpots"),
        annotations.one("guide", ""),
        annotations.one("author", ""),
        annotations.one("version", ""));
  }

  /** As Elastic's own rules have it where the rule says nothing of its own. */
  private int riskScore() {
    String own = one("riskScore", "");
    if (own.matches("\\d{1,3}") && Integer.parseInt(own) <= MOST_RISK) {
      return Integer.parseInt(own);
    }
    return switch (one("severity", "medium")) {
      case "critical" -> 99;
      case "high" -> 73;
      case "low" -> 21;
      default -> 47;
    };
  }

  /** Several quoted texts are one that was broken over lines. */
  private String one(String annotation, String otherwise) {
    List<String> parts = many(annotation);
    return parts.isEmpty() ? otherwise : String.join(" ", parts);
  }

  private List<String> many(String annotation) {
    Object value = values.get(annotation);
    if (value == null) {
      return List.of();
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
