package dev.iiswarden.kafka;

import dev.iiswarden.Counters;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Counts what a task detects. */
final class DetectionMeters {
  private final Sensor alerts;
  private final Sensor late;
  private final Sensor dropped;
  private final Sensor ruleFailures;
  private Counters told;

  /**
   * Meters of a task.
   *
   * @param first what its detector has counted so far
   */
  DetectionMeters(ProcessingContext context, Counters first) {
    alerts = Meters.of(context, "alerts");
    late = Meters.of(context, "late");
    dropped = Meters.of(context, "dropped");
    ruleFailures = Meters.of(context, "rule-failures");
    told = first;
  }

  void alert() {
    alerts.record();
  }

  /** Tells totals, of which the difference to those told before is recorded. */
  void tell(Counters now) {
    record(late, now.late() - told.late());
    record(dropped, now.dropped() - told.dropped());
    record(ruleFailures, now.ruleFailures() - told.ruleFailures());
    told = now;
  }

  private static void record(Sensor sensor, long times) {
    for (long i = 0; i < times; i++) {
      sensor.record();
    }
  }
}
