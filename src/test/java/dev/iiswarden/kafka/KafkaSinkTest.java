package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertFormat;
import dev.iiswarden.alert.UndeliveredAlertsException;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.IisEvents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Alerts are written to a topic or kept. */
class KafkaSinkTest {
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final InMemorySink beside = new InMemorySink();

  private Detector detector(KafkaSink sink) {
    return Detector.builder().sink(sink).sink(beside).build();
  }

  @Test
  void anAlertIsWrittenByItsId() {
    try (Detector detector = detector(new KafkaSink(producer, "alerts", AlertFormat.OCSF))) {
      detector.accept(IisEvents.load("1", "WEB01", IisEvents.START));
    }
    Alert alert = beside.alerts().get(0);
    ProducerRecord<String, byte[]> record = producer.history().get(0);
    assertEquals("alerts", record.topic());
    assertEquals(alert.id(), record.key());
    assertEquals(
        AlertFormat.OCSF.toJson(alert), new String(record.value(), StandardCharsets.UTF_8));
    assertEquals(1, producer.history().size());
  }

  @Test
  void whatTheBrokerDoesNotTakeIsOfferedAgain() {
    producer.sendException = new TimeoutException("no broker");
    Detector detector = detector(new KafkaSink(producer, "alerts"));
    detector.accept(IisEvents.load("1", "WEB01", IisEvents.START));
    detector.flush();
    assertEquals(List.of(), producer.history());
    assertEquals(1, detector.counters().undelivered());
    producer.sendException = null;
    detector.close();
    assertEquals(1, producer.history().size());
  }

  @Test
  void whatIsRefusedToTheEndIsTold() {
    producer.sendException = new TimeoutException("no broker");
    Detector detector = detector(new KafkaSink(producer, "alerts"));
    detector.accept(IisEvents.load("1", "WEB01", IisEvents.START));
    assertThrows(UndeliveredAlertsException.class, detector::close);
  }
}
