package dev.iiswarden.kafka;

import java.nio.ByteBuffer;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How far all input partitions have been read: the progress of the one that is furthest behind. The
 * difference is not a matter of milliseconds, because after a crash or a rebalance some partitions
 * are read hours ahead of others. The progress is in the state store, under keys that sort before
 * all hosts.
 */
final class InputProgress {
  /** The progress of some partition, or of all, is not yet known. */
  static final long UNKNOWN = Long.MIN_VALUE;

  /** Sorts before all host names, because none begins with this character. */
  private static final String PREFIX = "\u0000progress/";

  private final KeyValueStore<String, byte[]> store;
  private final int partitions;
  private final TreeMap<String, Long> byOrigin = new TreeMap<>();

  /**
   * Loads the progress from the store.
   *
   * @param partitions the number of input partitions; 0 if unknown
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

  /** Updates the progress of a partition. */
  void take(HostRecord.Progress reported) {
    Long before = byOrigin.get(reported.origin());
    if (before == null || reported.millis() > before) {
      byOrigin.put(reported.origin(), reported.millis());
      store.put(
          PREFIX + reported.origin(),
          ByteBuffer.allocate(Long.BYTES).putLong(reported.millis()).array());
    }
  }

  /** Returns the time up to which all partitions have been read. */
  long millis() {
    return byOrigin.isEmpty() || byOrigin.size() < partitions
        ? UNKNOWN
        : byOrigin.values().stream().mapToLong(Long::longValue).min().orElse(UNKNOWN);
  }
}
