package dev.iiswarden.kafka;

import java.util.Locale;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Records that wait until all input partitions have been read up to their timestamp, ordered by
 * timestamp and then by arrival. Each record is an entry of the state store, whose key sorts before
 * all hosts.
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
   * @param offset determines the order of arrival
   */
  void hold(long timestamp, long offset, HostRecord record) {
    store.put(key(timestamp) + key(offset), SERDE.serializer().serialize("", record));
  }

  private static String key(long number) {
    return String.format(Locale.ROOT, "%s%016x/", PREFIX, number);
  }

  /**
   * Releases all records up to a time, in order.
   *
   * @param after the time up to which all records have already been released; deleted entries up to
   *     that time need not be read again
   * @param upTo the last timestamp, inclusive
   * @param taker receives each record and its timestamp
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
