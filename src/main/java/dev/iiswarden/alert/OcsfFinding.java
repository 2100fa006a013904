package dev.iiswarden.alert;

import static dev.iiswarden.alert.EcsAlert.fields;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.HashFields;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.UserFields;
import dev.iiswarden.rules.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes an alert as a Detection Finding of the Open Cybersecurity Schema Framework ("OCSF Schema",
 * class {@code detection_finding}, uid 2004).
 */
final class OcsfFinding {
  private static final String OCSF_VERSION = "1.8.0";
  private static final int FINDINGS = 2;
  private static final int DETECTION_FINDING = 2004;
  private static final int CREATE = 1;
  private static final int NEW = 1;
  private static final int RULE = 1;
  private static final int REGULAR_FILE = 1;
  private static final int UNKNOWN = 0;

  private OcsfFinding() {}

  static Map<String, Object> document(Alert alert) {
    Rule rule = alert.rule();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("activity_id", CREATE);
    document.put("activity_name", "Create");
    document.put("category_uid", FINDINGS);
    document.put("category_name", "Findings");
    document.put("class_uid", DETECTION_FINDING);
    document.put("class_name", "Detection Finding");
    document.put("type_uid", DETECTION_FINDING * 100 + CREATE);
    document.put("time", alert.timestamp().toEpochMilli());
    document.put("start_time", alert.evidence().get(0).getTimestamp().toEpochMilli());
    document.put("end_time", alert.timestamp().toEpochMilli());
    document.put("severity_id", severity(rule.severity()));
    document.put("confidence_id", confidence(rule.confidence()));
    document.put("risk_score", rule.riskScore());
    document.put("is_alert", alert.suppression() == null);
    document.put("status_id", alert.suppression() == null ? NEW : 3);
    document.put("message", alert.summary());
    document.put("metadata", metadata(alert));
    document.put("finding_info", findingInfo(alert));
    if (alert.host() != null) {
      document.put("device", fields("hostname", alert.host(), "type_id", UNKNOWN));
    }
    document.put("evidences", alert.evidence().stream().map(OcsfFinding::evidence).toList());
    document.put("unmapped", unmapped(alert));
    return document;
  }

  private static Map<String, @Nullable Object> metadata(Alert alert) {
    return fields(
        "version", OCSF_VERSION,
        "uid", alert.id(),
        "correlation_uid", alert.incident().id(),
        "profiles", List.of("host"),
        "product", fields("name", "iiswarden", "vendor_name", "iiswarden"));
  }

  private static Map<String, @Nullable Object> findingInfo(Alert alert) {
    Rule rule = alert.rule();
    return fields(
        "uid", alert.id(),
        "title", rule.name(),
        "desc", rule.description(),
        "first_seen_time", alert.evidence().get(0).getTimestamp().toEpochMilli(),
        "last_seen_time", alert.timestamp().toEpochMilli(),
        "analytic",
            fields(
                "uid", rule.id(), "name", rule.name(), "type_id", RULE, "version", rule.version()),
        "attacks", List.of(attack(rule)),
        "data_sources", rule.sources());
  }

  private static Map<String, @Nullable Object> attack(Rule rule) {
    Attack attack = Attack.of(rule);
    Map<String, @Nullable Object> fields =
        fields(
            "tactic", fields("uid", attack.tacticId(), "name", attack.tacticName()),
            "technique", fields("uid", attack.techniqueId(), "name", attack.techniqueName()));
    if (attack.subtechniqueId() != null) {
      fields.put(
          "sub_technique",
          fields("uid", attack.subtechniqueId(), "name", attack.subtechniqueName()));
    }
    return fields;
  }

  private static Map<String, @Nullable Object> evidence(Event event) {
    Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
    Map<String, @Nullable Object> process = process(event.getProcess(), event.getUser());
    if (!process.isEmpty()) {
      evidence.put("actor", fields("process", process));
    }
    String file = event.kind().file(event);
    if (file != null) {
      evidence.put("file", file(file, event.kind().hash(event)));
    }
    Object script = event.value("powershell.file.script_block_text");
    if (script != null) {
      evidence.put("script", fields("type_id", 2, "script_content", fields("value", script)));
    }
    evidence.put("data", event.toMap());
    return evidence;
  }

  private static Map<String, @Nullable Object> process(ProcessFields process, UserFields user) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    put(fields, "pid", process.getPid());
    put(fields, "uid", process.getEntityId());
    put(fields, "name", process.getName());
    put(fields, "cmd_line", process.getCommandLine());
    if (process.getExecutable() != null) {
      fields.put("file", file(process.getExecutable(), new HashFields()));
    }
    if (user.getName() != null || user.getId() != null) {
      Map<String, @Nullable Object> who = new LinkedHashMap<>();
      put(who, "name", user.getName());
      put(who, "domain", user.getDomain());
      put(who, "uid", user.getId());
      fields.put("user", who);
    }
    Map<String, @Nullable Object> parent = new LinkedHashMap<>();
    put(parent, "pid", process.getParent().getPid());
    put(parent, "uid", process.getParent().getEntityId());
    put(parent, "name", process.getParent().getName());
    put(parent, "cmd_line", process.getParent().getCommandLine());
    if (!parent.isEmpty()) {
      fields.put("parent_process", parent);
    }
    return fields;
  }

  private static Map<String, @Nullable Object> file(String path, HashFields hash) {
    Map<String, @Nullable Object> file =
        fields(
            "name", path.substring(path.lastIndexOf('\\') + 1),
            "path", path,
            "type_id", REGULAR_FILE);
    List<Object> hashes = new ArrayList<>();
    hash(hashes, 1, hash.getMd5());
    hash(hashes, 2, hash.getSha1());
    hash(hashes, 3, hash.getSha256());
    if (!hashes.isEmpty()) {
      file.put("hashes", hashes);
    }
    return file;
  }

  private static void hash(List<Object> hashes, int algorithm, @Nullable String value) {
    if (value != null) {
      hashes.add(fields("algorithm_id", algorithm, "value", value));
    }
  }

  private static void put(
      Map<String, @Nullable Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  /** The facts for which the schema has no attribute. */
  private static Map<String, @Nullable Object> unmapped(Alert alert) {
    Map<String, @Nullable Object> own = new LinkedHashMap<>();
    own.put("false_positives", alert.rule().falsePositives());
    own.put("references", alert.rule().references());
    own.put("guide", alert.rule().guide());
    Incident incident = alert.incident();
    own.put(
        "incident",
        fields(
            "severity", incident.severity(),
            "score", incident.score(),
            "verdict", incident.verdict(),
            "stages", incident.stages(),
            "merged", incident.merged()));
    if (alert.repeats() > 0) {
      own.put("repeats", alert.repeats());
    }
    Suppression suppression = alert.suppression();
    if (suppression != null) {
      own.put("suppressed", suppression.reason());
    }
    return own;
  }

  private static int severity(String severity) {
    return switch (severity) {
      case "critical" -> 5;
      case "high" -> 4;
      case "medium" -> 3;
      case "low" -> 2;
      default -> 99;
    };
  }

  private static int confidence(String confidence) {
    return switch (confidence) {
      case "high" -> 3;
      case "medium" -> 2;
      case "low" -> 1;
      default -> UNKNOWN;
    };
  }
}
