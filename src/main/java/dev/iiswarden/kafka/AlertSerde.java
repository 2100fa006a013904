package dev.iiswarden.kafka;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertFormat;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A serde that writes alerts as JSON. It only serialises, because consumers of the topic read JSON.
 *
 * <p>By default Kafka refuses a record above 1 MiB. So the texts of an alert that would have more
 * than 900,000 bytes are cut, the longest first, until it has fewer. Then {@code labels.shortened}
 * (in OCSF {@code unmapped.shortened}) says to which length.
 *
 * <p>Create it with a constructor. Safe for use by several threads.
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
    return (topic, alert) -> alert == null ? null : AlertBytes.of(alert, format);
  }

  /** Not supported. */
  @Override
  public Deserializer<Alert> deserializer() {
    throw new UnsupportedOperationException("alerts cannot be deserialised; read them as JSON");
  }
}
