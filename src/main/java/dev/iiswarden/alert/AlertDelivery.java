package dev.iiswarden.alert;

import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The path from the rules to the sinks. It screens the alerts that rules raise and hands each one
 * to the sinks of alerts or to the sinks of suppressed alerts. Alerts that a sink refuses are kept
 * in order and offered again. {@code Detector} makes it; embedders do not need it. Safe for use by
 * several threads.
 */
public final class AlertDelivery {
  private final @Nullable AlertScreen screen;
  private final List<Outbox> outboxes;
  private final List<Outbox> suppressedOutboxes;
  private final LongAdder raised = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /**
   * Creates a delivery.
   *
   * @param screen decides which alerts are suppressed; null if a detector has decided already
   * @param sinks sinks that each get every alert that is not suppressed
   * @param suppressedSinks sinks that each get every suppressed alert
   * @param incidentSinks sinks that each get every alert that is not suppressed, with its incident
   */
  public AlertDelivery(
      @Nullable AlertScreen screen,
      List<AlertSink> sinks,
      List<AlertSink> suppressedSinks,
      List<IncidentSink> incidentSinks) {
    this.screen = screen;
    outboxes =
        Stream.concat(sinks.stream(), incidentSinks.stream().map(OfIncidents::new))
            .map(Outbox::new)
            .toList();
    suppressedOutboxes = suppressedSinks.stream().map(Outbox::new).toList();
  }

  /** Screens alerts and delivers them in order. */
  public void deliver(List<Alert> alerts) {
    raised.add(alerts.size());
    List<Alert> shown = new ArrayList<>(alerts.size());
    List<Alert> suppressed = new ArrayList<>(0);
    for (Alert alert : screen == null ? alerts : screen.screen(alerts)) {
      (alert.suppression() == null ? shown : suppressed).add(alert);
    }
    deliver(shown, outboxes);
    deliver(suppressed, suppressedOutboxes);
  }

  /**
   * Reports to the sinks of suppressed alerts that a rule has no say on a record.
   *
   * @param evidence the events of the record
   * @param reason how the rule exceeded its budget
   */
  public void reportOverBudget(Rule rule, List<Event> evidence, String reason) {
    deliver(
        List.of(
            Alert.of(rule, evidence)
                .suppressedBy(
                    new Suppression(
                        Suppression.By.BUDGET,
                        null,
                        "no alert: the rule exceeded its budget on this record: " + reason))),
        suppressedOutboxes);
  }

  private void deliver(List<Alert> some, List<Outbox> to) {
    if (!some.isEmpty()) {
      long began = System.nanoTime();
      to.forEach(outbox -> outbox.deliver(some));
      nanos.add(System.nanoTime() - began);
    }
  }

  /** Delivers summaries of the alerts that the hourly limits have suppressed so far. */
  public void deliverSummaries() {
    deliver(screen().close(), outboxes);
  }

  /** Offers each sink again the alerts that it has refused. */
  public void retry() {
    everyOutbox().forEach(outbox -> outbox.deliver(List.of()));
  }

  /** Blocks until every sink has handed on all alerts that it has taken. */
  public void flushSinks() {
    everyOutbox().forEach(Outbox::flush);
  }

  private Stream<Outbox> everyOutbox() {
    return Stream.concat(outboxes.stream(), suppressedOutboxes.stream());
  }

  /** The screen that decides which alerts are suppressed. */
  public AlertScreen screen() {
    return Objects.requireNonNull(screen, "screen");
  }

  /** Tells a sink of incidents which alert begins one. */
  private record OfIncidents(IncidentSink sink) implements AlertSink {
    @Override
    public void accept(Alert alert) {
      if (alert.opensIncident()) {
        sink.opened(alert.incident(), alert);
      } else {
        sink.grown(alert.incident(), alert);
      }
    }

    @Override
    public void flush() {
      sink.flush();
    }

    @Override
    public String toString() {
      return sink.toString();
    }
  }

  /** The number of alerts that rules have raised, including suppressed ones. */
  public long raisedCount() {
    return raised.sum();
  }

  /** The number of alerts that sinks have refused and not yet taken, counted once per sink. */
  public long undeliveredCount() {
    return everyOutbox().mapToLong(Outbox::size).sum();
  }

  /** The time spent in sinks so far. */
  public Duration time() {
    return Duration.ofNanos(nanos.sum());
  }

  /**
   * Offers each sink, for the last time, the alerts that it has refused.
   *
   * @throws UndeliveredAlertsException if a sink refuses again
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
