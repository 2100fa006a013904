package dev.iiswarden.alert;

import java.util.Map;

/** The formats in which an alert can be written. Safe for use by several threads. */
public enum AlertFormat {
  /** The Elastic Common Schema: see {@link Alert}. */
  ECS,

  /**
   * The Open Cybersecurity Schema Framework, version 1.8.0: a Detection Finding, class 2004, with
   * the host profile. Each evidence event is also included in ECS as {@code evidences[].data},
   * because the schema's core has no objects for registry values, configuration and script blocks.
   */
  OCSF;

  /** Returns the alert as nested maps, lists and values. */
  public Map<String, Object> toMap(Alert alert) {
    return this == ECS ? EcsAlert.document(alert) : OcsfFinding.document(alert);
  }

  /** Returns the alert as one line of JSON. */
  public String toJson(Alert alert) {
    return Alert.json(toMap(alert));
  }
}
