package dev.iiswarden.kafka;

import java.nio.ByteBuffer;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How far all partitions of the input have been read: as far as the one that is furthest behind.
 * That is no matter of milliseconds, for after a crash or a rebalance some partitions are read
 * ahead of others by hours. Kept in the state store, below all hosts.
 */
final class InputProgress {
  /** Nothing is known yet, or not of all partitions. */
  static final long UNKNOWN = Long.MIN_VALUE;

  /** Below the names of hosts, none of which begins so. */
  private static final String PREFIX = "\u0000progress/";

  private final KeyValueStore<String, byte[]> store;
  private final int partitions;
  private final TreeMap<String, Long> byOrigin = new TreeMap<>();

  /**
   * What the store knows of it.
   *
   * @param partitions how many the input has; 0 if that is not known
   */
  InputProgress(KeyValueStore<String, byte[]> store, int partitions) {
    this.store = store;
    this.partitions = partitions;
    try (KeyValueIterator<String, byte[]> known = store.range(PREFIX, PREFIX + '\uffff')) {
      while (known.hasNext()) {
        KeyValue<String, byte[]> one = known.next();
        byOrigin.put(one.key.substring(PREFIX.length()), ByteBuffer.wrap(one.value).getLong());
      }
    }
  }

  /** Takes what is told of a partition. */
  void take(HostRecord.Progress told) {
    Long before = byOrigin.get(told.origin());
    if (before == null || told.millis() > before) {
      byOrigin.put(told.origin(), told.millis());
      store.put(
          PREFIX + told.origin(), ByteBuffer.allocate(Long.BYTES).putLong(told.millis()).array());
    }
  }

  /** The stream time up to which all partitions have been read. */
  long millis() {
    return byOrigin.isEmpty() || byOrigin.size() < partitions
        ? UNKNOWN
        : byOrigin.values().stream().mapToLong(Long::longValue).min().orElse(UNKNOWN);
  }
}
