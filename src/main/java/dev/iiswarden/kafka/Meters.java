package dev.iiswarden.kafka;

import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Creates the meters of a task among Kafka's own metrics. Their group is {@code
 * stream-iiswarden-metrics}; each has a rate and a total.
 */
final class Meters {
  private static final String SCOPE = "iiswarden";

  private Meters() {}

  static Sensor of(ProcessingContext context, String what) {
    return context
        .metrics()
        .addRateTotalSensor(SCOPE, context.taskId().toString(), what, Sensor.RecordingLevel.INFO);
  }
}
