package dev.iiswarden.cli;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertDelivery;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.alert.UndeliveredAlertsException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts the alerts of all hosts in the order of their times before they go to the sinks. A detector
 * orders the alerts of each host only. An alert is held until the latest event of any host is later
 * than the alert by at least the given span, or the input ends. Alerts of the same time keep their
 * order of arrival. An alert that comes out of the detector after others of its time have been
 * released is released at once.
 *
 * <p>At most {@value #MOST_HELD} alerts are held; beyond that the earliest is released. Safe for
 * use by several threads.
 */
final class AlertsInOrder implements AlertSink {
  private static final int MOST_HELD = 10_000;

  /** As far as a detector believes a date beyond its arrival. */
  private static final Duration MOST_AHEAD = Duration.ofDays(1);

  private static final InstantSource ARRIVALS = InstantSource.system();

  private final Duration span;
  private final AlertDelivery delivery;
  private final PriorityQueue<Held> held =
      new PriorityQueue<>(
          Comparator.comparing((Held one) -> one.alert.timestamp())
              .thenComparingLong(Held::arrival));
  private @Nullable Instant latest;
  private long arrivals;

  /**
   * Creates an order in which nothing is held.
   *
   * @param span how much later than an alert an event must be to release it
   * @param sinks sinks that each get every alert that is not suppressed
   * @param suppressedSinks sinks that each get every suppressed alert
   */
  AlertsInOrder(Duration span, List<AlertSink> sinks, List<AlertSink> suppressedSinks) {
    this.span = span;
    delivery = new AlertDelivery(null, sinks, suppressedSinks, List.of());
  }

  /** Notes the time of an event, before the detector takes it. */
  synchronized void saw(Instant time) {
    if (latest != null && !time.isAfter(latest)) {
      return;
    }
    // The detector does not believe such a date either; it would end all ordering.
    if (!time.isAfter(ARRIVALS.instant().plus(MOST_AHEAD))) {
      latest = time;
      release();
    }
  }

  @Override
  public synchronized void accept(Alert alert) {
    held.add(new Held(alert, arrivals++));
    release();
  }

  private void release() {
    List<Alert> due = new ArrayList<>();
    for (Held next = held.peek(); next != null && isDue(next); next = held.peek()) {
      due.add(next.alert);
      held.remove();
    }
    if (!due.isEmpty()) {
      delivery.deliver(due);
    }
  }

  private boolean isDue(Held next) {
    return held.size() > MOST_HELD
        || (latest != null && !next.alert.timestamp().plus(span).isAfter(latest));
  }

  /**
   * Releases all alerts.
   *
   * @throws UndeliveredAlertsException if a sink refuses alerts to the end
   */
  synchronized void close() {
    List<Alert> rest = new ArrayList<>();
    for (Held next = held.poll(); next != null; next = held.poll()) {
      rest.add(next.alert);
    }
    delivery.deliver(rest);
    delivery.close();
  }

  private record Held(Alert alert, long arrival) {}
}
