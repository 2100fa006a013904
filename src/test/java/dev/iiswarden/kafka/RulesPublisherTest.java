package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Versions are numbered on, whatever else is in the topic. */
class RulesPublisherTest {
  private static final TopicPartition PARTITION = new TopicPartition("rules", 0);
  private static final String ALLOWLIST =
      "- {id: a, reason: b, owner: c, expires: 2099-01-01, rule.id: third}\n";

  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final RulesPublisher publisher = new RulesPublisher(producer, consumer, "rules");

  private void topicHas(@Nullable String... keys) {
    Node node = new Node(0, "localhost", 1);
    Node[] nodes = {node};
    consumer.updatePartitions("rules", List.of(new PartitionInfo("rules", 0, node, nodes, nodes)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, (long) keys.length));
    consumer.schedulePollTask(
        () -> {
          for (int i = 0; i < keys.length; i++) {
            consumer.addRecord(new ConsumerRecord<>("rules", 0, i, keys[i], new byte[0]));
          }
        });
  }

  private List<String> sent() {
    return producer.history().stream()
        .map(record -> (record.value() == null ? "delete " : "") + record.key())
        .toList();
  }

  @Test
  void keysThatAreNoVersionsAreLeftAlone() {
    topicHas(
        Stream.of("allowlist/zzz", null, "rules/zzz", "", "allowlist/000000000004")
            .toArray(String[]::new));
    assertEquals(5, publisher.publishAllowlist("a.yaml", ALLOWLIST));
    assertEquals(List.of("allowlist/000000000005"), sent());
  }

  @Test
  void theThreeLatestVersionsAreKept() {
    topicHas(
        "allowlist/000000000001",
        "allowlist/000000000002",
        "allowlist/000000000003",
        "allowlist/x");
    assertEquals(4, publisher.publishAllowlist("a.yaml", ALLOWLIST));
    assertEquals(List.of("allowlist/000000000004", "delete allowlist/000000000001"), sent());
  }

  @Test
  void afterTheHighestVersionTheErrorSaysWhatToDelete() {
    topicHas("allowlist/999999999999");
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class, () -> publisher.publishAllowlist("a.yaml", ALLOWLIST));
    assertTrue(String.valueOf(thrown.getMessage()).contains("allowlist/999999999999"));
    assertEquals(List.of(), sent());
  }
}
