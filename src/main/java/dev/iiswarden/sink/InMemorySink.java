package dev.iiswarden.sink;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import java.util.ArrayList;
import java.util.List;

/** Keeps all alerts, for tests and small jobs. Safe for use by several threads. */
public final class InMemorySink implements AlertSink {
  private final List<Alert> alerts = new ArrayList<>();

  /** An empty sink. */
  public InMemorySink() {}

  @Override
  public synchronized void accept(Alert alert) {
    alerts.add(alert);
  }

  /** The alerts so far, in the order in which they came; a copy. */
  public synchronized List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  @Override
  public String toString() {
    return "in-memory sink";
  }
}
