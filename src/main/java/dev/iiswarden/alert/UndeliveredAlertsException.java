package dev.iiswarden.alert;

import java.util.List;

/**
 * Thrown when a detector closes while sinks still refuse alerts. It holds those alerts, so that
 * none is lost. The cause is the last failure of the first such sink; the last failures of the
 * others are added as suppressed exceptions.
 */
public final class UndeliveredAlertsException extends RuntimeException {
  private final transient List<Alert> alerts;

  UndeliveredAlertsException(List<Alert> alerts, List<Throwable> causes) {
    super(
        "undelivered alerts: "
            + alerts.size()
            + "; a sink failed with "
            + causes.get(0)
            + "; the alerts are in the log and in this exception",
        causes.get(0));
    causes.stream().skip(1).forEach(this::addSuppressed);
    this.alerts = List.copyOf(alerts);
  }

  /** The undelivered alerts, sink by sink, the oldest first for each sink. */
  public List<Alert> alerts() {
    return alerts;
  }
}
