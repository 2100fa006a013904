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
 * Publishes rules and allowlists to a compacted topic, for {@link
 * StreamsDetection.Builder#rulesTopic}. Each is a version of its own, and the three latest are
 * kept, so that there is one to go back to should processes of an older release refuse the latest.
 * One publisher at a time. Not safe for use by several threads; neither client is closed.
 */
public final class RulesPublisher {
  private static final int KEPT = 3;
  private static final Duration POLL = Duration.ofMillis(500);

  private final Producer<String, byte[]> producer;
  private final Consumer<String, byte[]> consumer;
  private final String topic;

  /**
   * A publisher to a topic.
   *
   * @param consumer reads what is there; assigned and not subscribed, so it needs no group
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
   * @param files their text by name, as {@link dev.iiswarden.rules.RulesDirectory#read} gives it
   * @return the version
   * @throws dev.iiswarden.rules.RulesException if they do not compile; nothing is published then
   * @throws IllegalStateException if the broker does not take them
   */
  public long publishRules(Map<String, String> files) {
    if (Rules.fromFiles(files).all().isEmpty()) {
      throw new IllegalArgumentException("no rule has an @id, so none would raise an alert");
    }
    return publish(PublishedRules.RULES, PublishedRules.toBytes(files));
  }

  /**
   * Publishes an allowlist.
   *
   * @param name tells its form, as for {@link Allowlist#parse}
   * @return the version
   * @throws dev.iiswarden.alert.AllowlistException if anything in it is wrong; nothing is published
   *     then
   * @throws IllegalStateException if the broker does not take it
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
      throw new IllegalStateException("topic " + topic + " did not take " + key, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + key + " was written", e);
    }
  }

  /** Of all that is published and was not taken back. */
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
