package dev.iiswarden.kafka;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertFormat;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Alerts as JSON, for a topic. They are not read again: what reads the topic reads JSON. Safe for
 * use by several threads.
 */
public final class AlertSerde implements Serde<Alert> {
  private final AlertFormat format;

  /** Writes ECS. */
  public AlertSerde() {
    this(AlertFormat.ECS);
  }

  /** Writes this format. */
  public AlertSerde(AlertFormat format) {
    this.format = format;
  }

  @Override
  public Serializer<Alert> serializer() {
    return (topic, alert) ->
        alert == null ? null : format.toJson(alert).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Not there.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Deserializer<Alert> deserializer() {
    throw new UnsupportedOperationException("alerts are read as JSON, not as objects");
  }
}
