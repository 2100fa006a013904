package dev.iiswarden.kafka;

import dev.iiswarden.Counters;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** The meters of a detecting task. */
final class DetectionMeters {
  private final Sensor alerts;
  private final Sensor duplicates;
  private final Sensor late;
  private final Sensor dropped;
  private final Sensor ruleFailures;
  private final Sensor overBudget;
  private Counters previous;

  /**
   * Creates the meters of a task.
   *
   * @param first the initial counters of its detector
   */
  DetectionMeters(ProcessingContext context, Counters first) {
    alerts = Meters.of(context, "alerts");
    duplicates = Meters.of(context, "duplicates");
    late = Meters.of(context, "late");
    dropped = Meters.of(context, "dropped");
    ruleFailures = Meters.of(context, "rule-failures");
    overBudget = Meters.of(context, "over-budget");
    previous = first;
  }

  void alert() {
    alerts.record();
  }

  void duplicate() {
    duplicates.record();
  }

  /** Records the difference between the given counters and the previous ones. */
  void update(Counters now) {
    record(late, now.late() - previous.late());
    record(dropped, now.dropped() - previous.dropped());
    record(ruleFailures, now.ruleFailures() - previous.ruleFailures());
    record(overBudget, now.overBudget() - previous.overBudget());
    previous = now;
  }

  private static void record(Sensor sensor, long times) {
    for (long i = 0; i < times; i++) {
      sensor.record();
    }
  }
}
