package dev.iiswarden.alert;

import java.util.List;

/**
 * A detector closed while sinks still refused alerts. They are in here, so that none is lost. The
 * cause is what the first of those sinks threw last; what the others threw is suppressed.
 */
public final class UndeliveredAlertsException extends RuntimeException {
  private final transient List<Alert> alerts;

  UndeliveredAlertsException(List<Alert> alerts, List<Throwable> causes) {
    super(
        "alerts that a sink did not take: "
            + alerts.size()
            + ", because of "
            + causes.get(0)
            + "; they are in the log and in this exception",
        causes.get(0));
    causes.stream().skip(1).forEach(this::addSuppressed);
    this.alerts = List.copyOf(alerts);
  }

  /** The alerts, sink by sink, each sink's oldest first. */
  public List<Alert> alerts() {
    return alerts;
  }
}
