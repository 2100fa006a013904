package dev.iiswarden.alert;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.rules.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes an alert as a document of the Elastic Common Schema. Facts for which ECS has no field go
 * into {@code iiswarden}.
 */
final class EcsAlert {
  static final String ECS_VERSION = "9.4.0";

  /** Field sets that an alert copies from the last evidence event that has them. */
  private static final List<String> FROM_EVIDENCE =
      EventKind.all().stream()
          .flatMap(kind -> kind.fields().stream())
          .map(field -> field.name().substring(0, field.name().indexOf('.')))
          .filter(set -> !set.equals("event") && !set.equals("host"))
          .distinct()
          .toList();

  private EcsAlert() {}

  static Map<String, Object> document(Alert alert) {
    List<Map<String, Object>> evidence = alert.evidence().stream().map(Event::toMap).toList();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("@timestamp", alert.timestamp().toString());
    document.put("ecs", fields("version", ECS_VERSION));
    document.put("message", alert.summary());
    document.put("event", event(alert));
    document.put("rule", rule(alert.rule()));
    document.put("threat", threat(alert.rule()));
    document.put("host", fields("name", alert.host()));
    for (String set : FROM_EVIDENCE) {
      for (int i = evidence.size() - 1; i >= 0 && !document.containsKey(set); i--) {
        if (evidence.get(i).containsKey(set)) {
          document.put(set, evidence.get(i).get(set));
        }
      }
    }
    document.put("related", related(alert));
    document.put("iiswarden", own(alert, evidence));
    return document;
  }

  private static Map<String, @Nullable Object> event(Alert alert) {
    return fields(
        "kind", "alert",
        "id", alert.id(),
        "category", List.of("intrusion_detection"),
        "type", List.of("info"),
        "module", "iiswarden",
        "severity", alert.rule().riskScore(),
        "risk_score", (double) alert.rule().riskScore(),
        "start", alert.evidence().get(0).getTimestamp().toString(),
        "end", alert.timestamp().toString());
  }

  private static Map<String, @Nullable Object> rule(Rule rule) {
    return fields(
        "id", rule.id(),
        "name", rule.name(),
        "description", rule.description(),
        "author", List.of(rule.author()),
        "version", rule.version(),
        "reference", rule.references(),
        "ruleset", "iiswarden");
  }

  private static Map<String, @Nullable Object> threat(Rule rule) {
    Attack attack = Attack.of(rule);
    Map<String, @Nullable Object> technique =
        fields(
            "id", List.of(attack.techniqueId()),
            "name", List.of(attack.techniqueName()),
            "reference", List.of(Attack.technique(attack.techniqueId())));
    String sub = attack.subtechniqueId();
    if (sub != null) {
      technique.put(
          "subtechnique",
          fields(
              "id", List.of(sub),
              "name", List.of(attack.subtechniqueName()),
              "reference", List.of(Attack.technique(sub))));
    }
    return fields(
        "framework",
        "MITRE ATT&CK",
        "tactic",
        fields(
            "id", List.of(attack.tacticId()),
            "name", List.of(attack.tacticName()),
            "reference", List.of(Attack.tactic(attack.tacticId()))),
        "technique",
        technique);
  }

  private static Map<String, @Nullable Object> related(Alert alert) {
    AlertSubject subject = AlertSubject.of(alert);
    Map<String, @Nullable Object> related = new LinkedHashMap<>();
    putUnlessEmpty(related, "hosts", subject.hosts());
    putUnlessEmpty(related, "user", subject.users());
    putUnlessEmpty(related, "hash", subject.hashes());
    return related;
  }

  private static void putUnlessEmpty(
      Map<String, @Nullable Object> fields, String name, List<String> values) {
    if (!values.isEmpty()) {
      fields.put(name, values);
    }
  }

  private static Map<String, @Nullable Object> own(
      Alert alert, List<Map<String, Object>> evidence) {
    Rule rule = alert.rule();
    Map<String, @Nullable Object> own =
        fields(
            "severity", rule.severity(),
            "confidence", rule.confidence(),
            "incident", incident(alert.incident()),
            "false_positives", rule.falsePositives(),
            "blind_spots", rule.blindSpots());
    if (!rule.guide().isEmpty()) {
      own.put("guide", rule.guide());
    }
    if (alert.repeats() > 0) {
      own.put("repeats", alert.repeats());
    }
    Suppression suppression = alert.suppression();
    if (suppression != null) {
      own.put(
          "suppressed",
          fields(
              "by", suppression.by().name().toLowerCase(java.util.Locale.ROOT),
              "entry", suppression.entry(),
              "reason", suppression.reason()));
    }
    own.put("evidence", new ArrayList<>(evidence));
    return own;
  }

  private static Map<String, @Nullable Object> incident(Incident incident) {
    Map<String, @Nullable Object> fields =
        fields(
            "id", incident.id(),
            "severity", incident.severity(),
            "score", incident.score(),
            "verdict", incident.verdict());
    putUnlessEmpty(fields, "stages", incident.stages());
    putUnlessEmpty(fields, "merged", incident.merged());
    return fields;
  }

  /** Keeps the order, so that the same alert always yields the same text. */
  static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return fields;
  }
}
