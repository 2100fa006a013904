package dev.iiswarden.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.Detector;
import dev.iiswarden.StateDirectory;
import dev.iiswarden.kafka.KafkaSink;
import dev.iiswarden.testing.Await;
import dev.iiswarden.testing.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaConsumerApplicationTest {
  @TempDir private Path directory;

  private KafkaBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = KafkaBroker.start();
    broker.create("windows-logs", 2, Map.of());
    // The alerts are as old as the samples.
    broker.create("alerts", 1, Map.of("retention.ms", "-1"));
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  /** Reads what is in the topic, and this many records at least; then it is told to stop. */
  private void run(long records) throws Exception {
    Map<String, Object> properties = Map.of("bootstrap.servers", broker.address());
    try (KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        Detector detector = Detector.builder().sink(new KafkaSink(producer, "alerts")).build();
        StateDirectory state = StateDirectory.open(directory);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      CompletableFuture<Void> loop =
          CompletableFuture.runAsync(
              () -> {
                try {
                  KafkaConsumerApplication.run(consumer, "windows-logs", detector, state);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      Await.until(() -> loop.isDone() || detector.counters().events() >= records);
      consumer.wakeup();
      loop.get();
      assertEquals(records, detector.counters().events());
    }
  }

  @Test
  void offsetsAndStateAreOfOneMoment() throws Exception {
    List<String> all = SampleLines.all();
    int half = all.size() / 2;
    send(all.subList(0, half));
    run(half);
    send(all.subList(half, all.size()));
    run(all.size() - half);
    List<String> ids = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> alert : broker.committed("alerts")) {
      ids.add(new String(alert.key(), StandardCharsets.UTF_8));
    }
    assertEquals(SampleLines.alertIds(), new TreeSet<>(ids));
  }

  /** A host's records go to one partition, as with a producer whose key is the host. */
  private void send(List<String> lines) throws Exception {
    for (String line : lines) {
      int partition = line.contains("WEB01") ? 0 : 1;
      broker.send("windows-logs", partition, Instant.now(), line);
    }
  }
}
