package dev.iiswarden.kafka;

import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.rules.Rules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A publisher that writes rules and allowlists to a compacted topic, for {@link
 * StreamsDetection.Builder#rulesTopic}. Create it with the constructor. Each publication is a new
 * version. The three latest versions are kept, so that processes of an older release that reject
 * the latest can use a previous one.
 *
 * <p>Only one publisher may run at a time. Not safe for use by several threads. The publisher
 * closes neither client.
 */
public final class RulesPublisher {
  static final String NO_RULE = "no rule has an @id, so no rule would raise an alert";

  private static final int KEPT = 3;
  private static final Duration POLL = Duration.ofMillis(500);

  private final Producer<String, byte[]> producer;
  private final Consumer<String, byte[]> consumer;
  private final String topic;

  /**
   * Creates a publisher.
   *
   * @param producer writes the versions
   * @param consumer reads the published versions; it is assigned, not subscribed, so it needs no
   *     group
   * @param topic the compacted topic
   */
  public RulesPublisher(
      Producer<String, byte[]> producer, Consumer<String, byte[]> consumer, String topic) {
    this.producer = producer;
    this.consumer = consumer;
    this.topic = topic;
  }

  /**
   * Publishes a set of rules.
   *
   * @param files the text of the rule files by name, as {@link
   *     dev.iiswarden.rules.RulesDirectory#read} returns it
   * @return the version
   * @throws dev.iiswarden.rules.RulesException if the rules cannot be loaded; then nothing is
   *     published
   * @throws IllegalArgumentException if no rule has an {@code @id}; then nothing is published
   * @throws IllegalStateException if the broker does not accept the rules, or if the topic already
   *     has the highest version there can be
   */
  public long publishRules(Map<String, String> files) {
    if (Rules.fromFiles(files).all().isEmpty()) {
      throw new IllegalArgumentException(NO_RULE);
    }
    return publish(PublishedRules.RULES, PublishedRules.toBytes(files));
  }

  /**
   * Publishes an allowlist.
   *
   * @param name determines the format, as for {@link Allowlist#parse}
   * @param content the text of the allowlist
   * @return the version
   * @throws dev.iiswarden.alert.AllowlistException if the allowlist is invalid; then nothing is
   *     published
   * @throws IllegalStateException if the broker does not accept the allowlist, or if the topic
   *     already has the highest version there can be
   */
  public long publishAllowlist(String name, String content) {
    Allowlist.parse(name, content.getBytes(StandardCharsets.UTF_8));
    return publish(PublishedRules.ALLOWLIST, PublishedRules.toBytes(name, content));
  }

  private long publish(String kind, byte[] value) {
    NavigableSet<String> keys = keys();
    String last = keys.floor(kind + Character.MAX_VALUE);
    long version =
        last == null || !last.startsWith(kind)
            ? 1
            : Long.parseLong(last.substring(kind.length())) + 1;
    if (version > PublishedRules.LAST) {
      throw new IllegalStateException(
          "topic "
              + topic
              + " already has the highest version: delete the record with key "
              + last);
    }
    String key = PublishedRules.key(kind, version);
    send(key, value);
    keys.add(key);
    for (String outdated : PublishedRules.outdated(keys, kind, KEPT)) {
      send(outdated, null);
    }
    return version;
  }

  private void send(String key, byte @Nullable [] value) {
    try {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot write " + key + " to topic " + topic, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing " + key + " to topic " + topic, e);
    }
  }

  /** Returns the keys of all published versions that have not been deleted. */
  private NavigableSet<String> keys() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    NavigableSet<String> keys = new TreeSet<>();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        if (!PublishedRules.isVersion(record.key())) {
          continue;
        }
        if (record.value() == null) {
          keys.remove(record.key());
        } else {
          keys.add(record.key());
        }
      }
    }
    return keys;
  }
}
