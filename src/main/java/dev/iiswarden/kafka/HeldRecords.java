package dev.iiswarden.kafka;

import java.util.Locale;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Records that wait until all partitions of the input have been read as far as they: in the order
 * of their timestamps, and of their arrival where those are equal. In the state store, below all
 * hosts, an entry a record.
 */
final class HeldRecords {
  private static final String PREFIX = "\u0000held/";
  private static final HostRecordSerde SERDE = new HostRecordSerde();

  private final KeyValueStore<String, byte[]> store;

  HeldRecords(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /**
   * Holds a record.
   *
   * @param timestamp in milliseconds since 1970, not negative
   * @param offset tells the order of arrival
   */
  void hold(long timestamp, long offset, HostRecord record) {
    store.put(key(timestamp) + key(offset), SERDE.serializer().serialize("", record));
  }

  private static String key(long number) {
    return String.format(Locale.ROOT, "%s%016x/", PREFIX, number);
  }

  /**
   * Lets go of all records up to a time, in order.
   *
   * @param after up to which time there are none, for they have been let go of: what the store has
   *     deleted there need not be read over again
   * @param upTo the last timestamp, inclusive
   * @param taker is given each with its timestamp
   */
  void release(long after, long upTo, BiConsumer<Long, HostRecord> taker) {
    if (upTo < 0) {
      return;
    }
    try (KeyValueIterator<String, byte[]> due =
        store.range(key(Math.max(after, 0)), key(upTo) + Character.MAX_VALUE)) {
      while (due.hasNext()) {
        KeyValue<String, byte[]> one = due.next();
        store.delete(one.key);
        int end = PREFIX.length() + Long.BYTES * 2;
        taker.accept(
            Long.parseLong(one.key.substring(PREFIX.length(), end), 16),
            SERDE.deserializer().deserialize("", one.value));
      }
    }
  }
}
