package dev.iiswarden.kafka;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The relevant records that a task has seen lately, so that one which a collector sends again is
 * recognised, also by the task that takes over. They are in the state store, in a ring of {@value
 * #MOST} entries of 16 bytes each. Not safe for use by several threads.
 */
final class SeenRecordIds {
  /** How many records are remembered; the oldest is forgotten first. */
  static final int MOST = 32_768;

  /** Sorts before all host names. */
  private static final String PREFIX = "\u0000seen/";

  private final KeyValueStore<String, byte[]> store;
  private final Map<Integer, Long> bySlot = new HashMap<>();
  private final Set<Long> ids = new HashSet<>();
  private long count;

  /** Loads what is remembered from the store. */
  SeenRecordIds(KeyValueStore<String, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<String, byte[]> known = store.range(PREFIX, PREFIX + '\uffff')) {
      while (known.hasNext()) {
        KeyValue<String, byte[]> one = known.next();
        ByteBuffer entry = ByteBuffer.wrap(one.value);
        long number = entry.getLong();
        put(number, entry.getLong());
        count = Math.max(count, number + 1);
      }
    }
  }

  private void put(long number, long id) {
    Long forgotten = bySlot.put(slot(number), id);
    if (forgotten != null) {
      ids.remove(forgotten);
    }
    ids.add(id);
  }

  private static int slot(long number) {
    return (int) (number % MOST);
  }

  /** Whether a record has been seen; from now on it has. */
  boolean isRepeated(@Nullable Long id) {
    if (id == null) {
      return false;
    }
    if (ids.contains(id)) {
      return true;
    }
    put(count, id);
    store.put(
        String.format(Locale.ROOT, "%s%04x", PREFIX, slot(count)),
        ByteBuffer.allocate(2 * Long.BYTES).putLong(count).putLong(id).array());
    count++;
    return false;
  }
}
