package dev.iiswarden.kafka;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertFormat;
import dev.iiswarden.alert.AlertSink;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A sink that writes alerts to a topic, for applications that do not use Kafka Streams. Create it
 * with a constructor. The record's key is the alert's id, its value the alert's JSON, which {@link
 * AlertSerde} describes.
 *
 * <p>When {@code accept} returns, the broker has the alert, as far as the producer's {@code acks}
 * guarantees it. If the broker does not accept the alert within {@code delivery.timeout.ms}, {@code
 * accept} throws and the detector offers the alert again. If waiting for the broker is too slow,
 * put a {@link dev.iiswarden.sink.QueuedSink} in front.
 *
 * <p>Safe for use by several threads. The sink does not close the producer.
 */
public final class KafkaSink implements AlertSink {
  private final Producer<String, byte[]> producer;
  private final String topic;
  private final AlertFormat format;

  /** Creates a sink that writes ECS. */
  public KafkaSink(Producer<String, byte[]> producer, String topic) {
    this(producer, topic, AlertFormat.ECS);
  }

  /** Creates a sink that writes the given format. */
  public KafkaSink(Producer<String, byte[]> producer, String topic, AlertFormat format) {
    this.producer = producer;
    this.topic = topic;
    this.format = format;
  }

  /**
   * Writes an alert and waits for the broker.
   *
   * @throws IllegalStateException if the broker does not accept the alert, or if the thread is
   *     interrupted
   */
  @Override
  public void accept(Alert alert) {
    byte[] json = AlertBytes.of(alert, format);
    try {
      producer.send(new ProducerRecord<>(topic, alert.id(), json)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot write an alert to topic " + topic, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing an alert to topic " + topic, e);
    }
  }

  @Override
  public String toString() {
    return "topic " + topic;
  }
}
