package dev.iiswarden.kafka;

import dev.iiswarden.HostStore;
import dev.iiswarden.event.Sha256;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The open hosts of one partition in its state store: an entry for each part of a host, and an
 * index entry that tells up to when the host has been heard of or known to be silent. Not safe for
 * use by several threads.
 *
 * <p>Senders choose the names of hosts, so a name becomes part of a key only if it cannot be taken
 * for another key.
 */
final class StoredHosts implements HostStore {
  /** Sorts before all hosts, as do the other entries that are not parts of a host. */
  private static final String INDEX = "\u0000heard/";

  private static final char END_OF_NAME = '\u0000';
  private static final String ENCODED = "\u0001";
  private static final String DIGESTED = "\u0002";
  private static final int LONGEST_NAME = 255;
  private static final int OPENED_AT_ONCE = 1_000;

  private final KeyValueStore<String, byte[]> store;
  private final Map<String, HostClock> clocks;
  private final LongSupplier now;

  /** Hosts up to this key have been read from the index; null when all have been. */
  private @Nullable String openedTo = INDEX;

  /**
   * Creates an accessor of a store.
   *
   * @param clocks the clocks of the open hosts by their correlation keys, which it keeps up to date
   * @param now the timestamp of the current record, in milliseconds since 1970
   */
  StoredHosts(
      KeyValueStore<String, byte[]> store, Map<String, HostClock> clocks, LongSupplier now) {
    this.store = store;
    this.clocks = clocks;
    this.now = now;
  }

  @Override
  public Map<String, byte[]> load(String key) {
    String prefix = prefix(key);
    if (!key.equals(DELIVERY) && store.get(INDEX + name(key)) == null) {
      return Map.of();
    }
    Map<String, byte[]> parts = new HashMap<>();
    try (KeyValueIterator<String, byte[]> each = store.range(prefix, after(prefix))) {
      while (each.hasNext()) {
        KeyValue<String, byte[]> one = each.next();
        parts.put(one.key.substring(prefix.length()), one.value);
      }
    }
    return parts;
  }

  @Override
  public void save(String key, Map<String, byte @Nullable []> parts) {
    String prefix = prefix(key);
    new TreeMap<>(parts).forEach((part, content) -> store.put(prefix + part, content));
    if (!key.equals(DELIVERY)) {
      HostClock clock = clocks.computeIfAbsent(key, unused -> new HostClock(now.getAsLong()));
      byte[] name = bytes(key);
      store.put(
          INDEX + name(key),
          ByteBuffer.allocate(Long.BYTES + name.length)
              .putLong(clock.passedUntil())
              .put(name)
              .array());
    }
  }

  @Override
  public void delete(String key) {
    clocks.remove(key);
    load(key).keySet().forEach(part -> store.delete(prefix(key) + part));
    store.delete(INDEX + name(key));
  }

  /** Whether a host is in the store; from now on it has a clock. */
  boolean open(String key) {
    byte[] entry = store.get(INDEX + name(key));
    if (entry != null) {
      open(entry);
    }
    return entry != null;
  }

  private void open(byte[] entry) {
    ByteBuffer bytes = ByteBuffer.wrap(entry);
    long passedUntil = bytes.getLong();
    String key = bytes.asCharBuffer().toString();
    clocks.computeIfAbsent(key, unused -> new HostClock(passedUntil));
  }

  /** Gives clocks to some of the hosts that were open when this task started here. */
  void openSome() {
    if (openedTo == null) {
      return;
    }
    try (KeyValueIterator<String, byte[]> rest = store.range(openedTo, after(INDEX))) {
      for (int taken = 0; rest.hasNext() && taken < OPENED_AT_ONCE; taken++) {
        KeyValue<String, byte[]> one = rest.next();
        openedTo = one.key;
        open(one.value);
      }
      if (!rest.hasNext()) {
        openedTo = null;
      }
    }
  }

  private static String prefix(String key) {
    return name(key) + END_OF_NAME;
  }

  private static String after(String prefix) {
    return prefix + Character.MAX_VALUE;
  }

  /** Returns a name in characters that mean nothing else in a key of the store. */
  private static String name(String key) {
    if (key.length() > LONGEST_NAME) {
      return DIGESTED + HexFormat.of().formatHex(Sha256.of(bytes(key)));
    }
    return !key.isEmpty() && key.chars().allMatch(c -> c >= ' ' && c <= '~')
        ? key
        : ENCODED + HexFormat.of().formatHex(bytes(key));
  }

  /** Returns the characters as they are; every charset makes one of all unpaired surrogates. */
  private static byte[] bytes(String key) {
    ByteBuffer bytes = ByteBuffer.allocate(key.length() * Character.BYTES);
    bytes.asCharBuffer().put(key);
    return bytes.array();
  }
}
