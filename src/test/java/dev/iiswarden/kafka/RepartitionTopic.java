package dev.iiswarden.kafka;

import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** The topic between decoding and detecting tasks, for a simulation of its partitions. */
public final class RepartitionTopic {
  private static final HostRecordSerde SERDE = new HostRecordSerde();
  private static final StreamPartitioner<String, HostRecord> PARTITIONER = new HostPartitioner();

  private RepartitionTopic() {}

  /** The partitions to which a record goes. */
  public static Set<Integer> partitions(String key, Object value, int count) {
    return PARTITIONER
        .partitions("", key, (HostRecord) value, count)
        .orElseGet(() -> Set.of(Math.floorMod(key.hashCode(), count)));
  }

  /** Writes a record, as the topic holds it. */
  public static byte[] serialize(Object value) {
    return SERDE.serializer().serialize("", (HostRecord) value);
  }

  /** Reads a record. */
  public static Object deserialize(byte[] bytes) {
    return SERDE.deserializer().deserialize("", bytes);
  }

  /** Whether a record is for the dead-letter topic instead. */
  public static boolean isDeadLetter(Object value) {
    return value instanceof HostRecord.Malformed;
  }
}
