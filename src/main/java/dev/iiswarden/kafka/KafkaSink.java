package dev.iiswarden.kafka;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertFormat;
import dev.iiswarden.alert.AlertSink;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes alerts to a topic, for applications that do not use Kafka Streams: the key is the alert's
 * id, the value its JSON. An alert is with the broker, as the producer's {@code acks} has it, when
 * {@code accept} returns; what the broker does not take within {@code delivery.timeout.ms} is
 * thrown, and the detector offers the alert again. Where waiting for the broker is too slow, put a
 * {@link dev.iiswarden.sink.QueuedSink} before it. Safe for use by several threads; the producer is
 * not closed, it belongs to who made it.
 */
public final class KafkaSink implements AlertSink {
  private final Producer<String, byte[]> producer;
  private final String topic;
  private final AlertFormat format;

  /** Writes ECS to a topic. */
  public KafkaSink(Producer<String, byte[]> producer, String topic) {
    this(producer, topic, AlertFormat.ECS);
  }

  /** Writes a format to a topic. */
  public KafkaSink(Producer<String, byte[]> producer, String topic, AlertFormat format) {
    this.producer = producer;
    this.topic = topic;
    this.format = format;
  }

  /**
   * Writes an alert, and waits for the broker.
   *
   * @throws IllegalStateException if the broker does not take it, or the thread is interrupted
   */
  @Override
  public void accept(Alert alert) {
    byte[] json = format.toJson(alert).getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(new ProducerRecord<>(topic, alert.id(), json)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topic " + topic + " did not take an alert", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an alert was written to " + topic, e);
    }
  }

  @Override
  public String toString() {
    return "topic " + topic;
  }
}
