package dev.iiswarden;

import java.util.List;

/** A detector closed while a sink still refused alerts. They are in here, so that none is lost. */
public final class UndeliveredAlertsException extends RuntimeException {
  private final transient List<Alert> alerts;

  UndeliveredAlertsException(List<Alert> alerts, Throwable cause) {
    super(
        "alerts that a sink did not take: "
            + alerts.size()
            + ", because of "
            + cause
            + "; they are in the log and in this exception",
        cause);
    this.alerts = List.copyOf(alerts);
  }

  /** The alerts, oldest first, once for each sink that did not take them. */
  public List<Alert> alerts() {
    return alerts;
  }
}
