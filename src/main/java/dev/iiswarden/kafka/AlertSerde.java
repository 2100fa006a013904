package dev.iiswarden.kafka;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertFormat;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A serde that writes alerts as JSON. It only serialises, because consumers of the topic read JSON.
 * Create it with a constructor. Safe for use by several threads.
 */
public final class AlertSerde implements Serde<Alert> {
  private final AlertFormat format;

  /** Creates a serde for alerts in ECS. */
  public AlertSerde() {
    this(AlertFormat.ECS);
  }

  /** Creates a serde for alerts in the given format. */
  public AlertSerde(AlertFormat format) {
    this.format = format;
  }

  @Override
  public Serializer<Alert> serializer() {
    return (topic, alert) ->
        alert == null ? null : format.toJson(alert).getBytes(StandardCharsets.UTF_8);
  }

  /** Not supported. */
  @Override
  public Deserializer<Alert> deserializer() {
    throw new UnsupportedOperationException("alerts cannot be deserialised; read them as JSON");
  }
}
