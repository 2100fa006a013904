package dev.iiswarden.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes the alerts that rules raise to the sinks: screens them, and hands each to the sinks of
 * alerts or to those of suppressed alerts. What a sink refuses is kept in order and offered again.
 * Made by {@code Detector}; embedders do not need it. Safe for use by several threads.
 */
public final class AlertDelivery {
  private final AlertScreen screen;
  private final List<Outbox> outboxes;
  private final List<Outbox> suppressedOutboxes;
  private final LongAdder raised = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /**
   * A delivery that has not taken an alert yet.
   *
   * @param screen decides which alerts are suppressed
   * @param sinks each of them gets every alert that is not suppressed
   * @param suppressedSinks each of them gets every suppressed alert
   */
  public AlertDelivery(AlertScreen screen, List<AlertSink> sinks, List<AlertSink> suppressedSinks) {
    this.screen = screen;
    outboxes = sinks.stream().map(Outbox::new).toList();
    suppressedOutboxes = suppressedSinks.stream().map(Outbox::new).toList();
  }

  /** Screens alerts and delivers them, in their order. */
  public void deliver(List<Alert> alerts) {
    raised.add(alerts.size());
    Map<Boolean, List<Alert>> screened =
        screen.screen(alerts).stream()
            .collect(Collectors.partitioningBy(alert -> alert.suppression() == null));
    deliver(Objects.requireNonNull(screened.get(true)), outboxes);
    deliver(Objects.requireNonNull(screened.get(false)), suppressedOutboxes);
  }

  private void deliver(List<Alert> some, List<Outbox> to) {
    if (!some.isEmpty()) {
      long began = System.nanoTime();
      to.forEach(outbox -> outbox.deliver(some));
      nanos.add(System.nanoTime() - began);
    }
  }

  /** Delivers the summaries of what the hourly limits have suppressed so far. */
  public void deliverSummaries() {
    deliver(screen.close(), outboxes);
  }

  /** Offers sinks again what they have refused. */
  public void retry() {
    everyOutbox().forEach(outbox -> outbox.deliver(List.of()));
  }

  /** Returns when all sinks have handed on what they have taken. */
  public void flushSinks() {
    everyOutbox().forEach(Outbox::flush);
  }

  private Stream<Outbox> everyOutbox() {
    return Stream.concat(outboxes.stream(), suppressedOutboxes.stream());
  }

  /** Decides which alerts are suppressed. */
  public AlertScreen screen() {
    return screen;
  }

  /** How many alerts rules have raised, suppressed ones included. */
  public long raisedCount() {
    return raised.sum();
  }

  /** How many alerts sinks have refused so far, counted for each sink. */
  public long undeliveredCount() {
    return everyOutbox().mapToLong(Outbox::size).sum();
  }

  /** How much time sinks have taken so far. */
  public Duration time() {
    return Duration.ofNanos(nanos.sum());
  }

  /**
   * Offers sinks for the last time what they have refused.
   *
   * @throws UndeliveredAlertsException if they refuse it again
   */
  public void close() {
    List<Alert> undelivered = new ArrayList<>();
    List<Throwable> causes = new ArrayList<>();
    for (Outbox outbox : everyOutbox().toList()) {
      List<Alert> left = outbox.close();
      Throwable cause = outbox.lastFailure();
      if (!left.isEmpty() && cause != null) {
        undelivered.addAll(left);
        causes.add(cause);
      }
    }
    if (!causes.isEmpty()) {
      throw new UndeliveredAlertsException(undelivered, causes);
    }
  }
}
