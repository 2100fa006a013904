package dev.iiswarden.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.jspecify.annotations.Nullable;

/** A real Kafka broker in this JVM, with its clients. */
public final class KafkaBroker {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaClusterTestKit cluster;
  private final KafkaProducer<byte[], byte[]> producer;
  private volatile @Nullable Exception failed;

  private KafkaBroker(KafkaClusterTestKit cluster) {
    this.cluster = cluster;
    producer =
        new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Starts a broker. */
  public static KafkaBroker start() throws Exception {
    KafkaClusterTestKit cluster =
        new KafkaClusterTestKit.Builder(
                new TestKitNodes.Builder()
                    .setCombined(true)
                    .setNumBrokerNodes(1)
                    .setNumControllerNodes(1)
                    .build())
            .setConfigProp("offsets.topic.replication.factor", "1")
            .setConfigProp("offsets.topic.num.partitions", "4")
            .setConfigProp("transaction.state.log.replication.factor", "1")
            .setConfigProp("transaction.state.log.min.isr", "1")
            .setConfigProp("transaction.state.log.num.partitions", "4")
            .setConfigProp("group.initial.rebalance.delay.ms", "0")
            .setConfigProp("auto.create.topics.enable", "false")
            .build();
    cluster.format();
    cluster.startup();
    cluster.waitForReadyBrokers();
    return new KafkaBroker(cluster);
  }

  /** The broker's address. */
  public String address() {
    return cluster.bootstrapServers();
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", address());
    return properties;
  }

  /** Creates a topic. */
  public void create(String topic, int partitions, Map<String, String> configuration)
      throws Exception {
    try (Admin admin = Admin.create(properties())) {
      admin
          .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configuration)))
          .all()
          .get();
    }
  }

  /** Sends a record to a partition. */
  public void send(String topic, int partition, Instant timestamp, String value) throws Exception {
    producer
        .send(
            new ProducerRecord<>(
                topic,
                partition,
                timestamp.toEpochMilli(),
                null,
                value.getBytes(StandardCharsets.UTF_8)))
        .get();
  }

  /** Sends a record to a partition in a transaction, which it commits or aborts. */
  public void sendInTransaction(
      String topic, int partition, Instant timestamp, String value, boolean commit)
      throws Exception {
    Properties properties = properties();
    properties.put("transactional.id", "test");
    try (KafkaProducer<byte[], byte[]> sender =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      sender.initTransactions();
      sender.beginTransaction();
      // An aborted record is in the topic only if it was sent before.
      sender
          .send(
              new ProducerRecord<>(
                  topic,
                  partition,
                  timestamp.toEpochMilli(),
                  null,
                  value.getBytes(StandardCharsets.UTF_8)))
          .get();
      if (commit) {
        sender.commitTransaction();
      } else {
        sender.abortTransaction();
      }
    }
  }

  /** Sends a record to a partition asynchronously; {@link #flush} reports a failure. */
  public void sendLater(String topic, int partition, byte[] value) {
    Future<RecordMetadata> sending =
        producer.send(
            new ProducerRecord<>(topic, partition, null, value),
            (metadata, failure) -> {
              if (failure != null) {
                failed = failure;
              }
            });
    if (sending.isCancelled()) {
      throw new IllegalStateException("cancelled");
    }
  }

  /** Blocks until all records are sent. */
  public void flush() {
    producer.flush();
    if (failed != null) {
      throw new IllegalStateException(failed);
    }
  }

  /** The number of records of a topic that a group has read. */
  public long consumed(String group, String topic) throws Exception {
    try (Admin admin = Admin.create(properties())) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(one -> one.getKey().topic().equals(topic) && one.getValue() != null)
          .mapToLong(one -> one.getValue().offset())
          .sum();
    }
  }

  /** The number of records written to a topic. */
  public long records(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** The total size in bytes of the latest records of all keys of a topic. */
  public long bytesOfLatest(String topic) {
    Map<String, Integer> sizes = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : committed(topic)) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      if (record.value() == null) {
        sizes.remove(key);
      } else {
        sizes.put(key, record.key().length + record.value().length);
      }
    }
    return sizes.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** All records committed to a topic so far. */
  public List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    Properties properties = properties();
    properties.put("isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  /** The alerts in a topic. */
  public List<JsonNode> alerts(String topic) throws Exception {
    List<JsonNode> alerts = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : committed(topic)) {
      JsonNode alert = JSON.readTree(record.value());
      assertTrue(alert.isObject(), alert::toString);
      alerts.add(alert);
    }
    return alerts;
  }

  /** Stops the broker. */
  public void close() throws Exception {
    producer.close(Duration.ofSeconds(5));
    cluster.close();
  }
}
