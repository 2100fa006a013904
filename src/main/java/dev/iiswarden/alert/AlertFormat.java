package dev.iiswarden.alert;

import java.util.Map;

/** The documents that an alert can be written as. */
public enum AlertFormat {
  /** The Elastic Common Schema: see {@link Alert}. */
  ECS,

  /**
   * The Open Cybersecurity Schema Framework, version 1.8.0: a Detection Finding, class 2004, with
   * the host profile. Each evidence event is there in ECS as {@code evidences[].data}, for registry
   * values, configuration and script blocks have no place of their own in the schema's core.
   */
  OCSF;

  /** The alert as nested maps, lists and values. */
  public Map<String, Object> toMap(Alert alert) {
    return this == ECS ? EcsAlert.document(alert) : OcsfFinding.document(alert);
  }

  /** The alert as one line of JSON. */
  public String toJson(Alert alert) {
    return Alert.json(toMap(alert));
  }
}
