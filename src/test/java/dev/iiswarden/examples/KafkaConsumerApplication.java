package dev.iiswarden.examples;

import dev.iiswarden.Detector;
import dev.iiswarden.StateDirectory;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** A Kafka consumer in a process of its own that stores its offsets with the detector's state. */
final class KafkaConsumerApplication {
  private static final Duration BETWEEN_SAVES = Duration.ofSeconds(10);

  private KafkaConsumerApplication() {}

  // @start region=kafka-loop
  /** Reads a topic until {@code consumer.wakeup()} is called. */
  static void run(
      Consumer<?, byte[]> consumer, String topic, Detector detector, StateDirectory state)
      throws IOException {
    EventDecoder decoder = EventDecoders.auto();
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions); // no group: the offsets are ours
    consumer.seekToBeginning(partitions);
    Optional<String> position = state.restore(detector);
    position.ifPresent(offsets -> seek(consumer, topic, offsets));
    long saved = System.nanoTime();
    try {
      while (true) {
        for (ConsumerRecord<?, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          if (record.value() != null) {
            detector.accept(decoder.decode(record.value()));
          }
        }
        if (System.nanoTime() - saved > BETWEEN_SAVES.toNanos()) {
          state.save(detector, offsets(consumer));
          saved = System.nanoTime();
        }
      }
    } catch (WakeupException e) {
      state.save(detector, offsets(consumer));
    }
  }

  /** The offset of the next record of each partition, such as {@code 0=1200 1=1187}. */
  private static String offsets(Consumer<?, byte[]> consumer) {
    return consumer.assignment().stream()
        .map(partition -> partition.partition() + "=" + consumer.position(partition))
        .collect(Collectors.joining(" "));
  }

  private static void seek(Consumer<?, byte[]> consumer, String topic, String offsets) {
    for (String one : offsets.split(" ", -1)) {
      String[] parts = one.split("=", -1);
      consumer.seek(
          new TopicPartition(topic, Integer.parseInt(parts[0])), Long.parseLong(parts[1]));
    }
  }
  // @end
}
