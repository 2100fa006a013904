package dev.iiswarden.sink;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import java.util.ArrayList;
import java.util.List;

/**
 * A sink that keeps all alerts in memory, for tests and small jobs. Create it with its constructor.
 * Safe for use by several threads.
 */
public final class InMemorySink implements AlertSink {
  private final List<Alert> alerts = new ArrayList<>();

  /** Creates an empty sink. */
  public InMemorySink() {}

  @Override
  public synchronized void accept(Alert alert) {
    alerts.add(alert);
  }

  /** Returns a copy of the alerts so far, in order of arrival. */
  public synchronized List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  @Override
  public String toString() {
    return "in-memory sink";
  }
}
