package dev.iiswarden.simulation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A task's state store in memory, restored from its changelog. Changes are cached, as Kafka Streams
 * does: they reach the changelog when the task commits, or earlier, all together, if the cache is
 * full.
 */
final class SimulatedStore implements KeyValueStore<String, byte[]> {
  private final String name;
  private final BiConsumer<String, byte @Nullable []> changelog;
  private final SplittableRandom evictions;
  private final NavigableMap<String, byte[]> entries = new TreeMap<>();
  private final Map<String, byte @Nullable []> cached = new LinkedHashMap<>();

  /**
   * Restores a store.
   *
   * @param restored its changelog so far
   * @param changelog takes changes
   * @param evictions decides when the cache is full
   */
  SimulatedStore(
      String name,
      SimulatedLog restored,
      BiConsumer<String, byte @Nullable []> changelog,
      SplittableRandom evictions) {
    this.name = name;
    this.changelog = changelog;
    this.evictions = evictions;
    for (SimulatedLog.Entry entry : restored.entries()) {
      set(entry.key(), entry.value());
    }
  }

  private void set(String key, byte @Nullable [] value) {
    if (value == null) {
      entries.remove(key);
    } else {
      entries.put(key, value);
    }
  }

  @Override
  public void put(String key, byte @Nullable [] value) {
    set(key, value);
    cached.remove(key);
    cached.put(key, value);
    if (evictions.nextInt(8) == 0) {
      writeChanges();
    }
  }

  /** Writes to the changelog what is cached. */
  void writeChanges() {
    cached.forEach(changelog);
    cached.clear();
  }

  @Override
  public byte @Nullable [] get(String key) {
    return entries.get(key);
  }

  @Override
  public byte @Nullable [] delete(String key) {
    byte[] before = entries.get(key);
    put(key, null);
    return before;
  }

  @Override
  public KeyValueIterator<String, byte[]> range(@Nullable String from, @Nullable String to) {
    NavigableMap<String, byte[]> some = entries;
    if (from != null) {
      some = some.tailMap(from, true);
    }
    if (to != null) {
      some = some.headMap(to, true);
    }
    return new Entries(some);
  }

  @Override
  public KeyValueIterator<String, byte[]> all() {
    return range(null, null);
  }

  @Override
  public long approximateNumEntries() {
    return entries.size();
  }

  @Override
  public byte @Nullable [] putIfAbsent(String key, byte[] value) {
    byte[] before = entries.get(key);
    if (before == null) {
      put(key, value);
    }
    return before;
  }

  @Override
  public void putAll(List<KeyValue<String, byte[]>> some) {
    some.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /** What a range had when it was asked for. */
  private static final class Entries implements KeyValueIterator<String, byte[]> {
    private final Iterator<KeyValue<String, byte[]>> iterator;
    private @Nullable KeyValue<String, byte[]> peeked;

    Entries(Map<String, byte[]> entries) {
      List<KeyValue<String, byte[]>> copy = new ArrayList<>(entries.size());
      entries.forEach((key, value) -> copy.add(KeyValue.pair(key, value)));
      iterator = copy.iterator();
    }

    @Override
    public boolean hasNext() {
      return peeked != null || iterator.hasNext();
    }

    @Override
    public KeyValue<String, byte[]> next() {
      KeyValue<String, byte[]> next = peeked == null ? iterator.next() : peeked;
      peeked = null;
      return next;
    }

    @Override
    public String peekNextKey() {
      if (peeked == null) {
        peeked = iterator.next();
      }
      return peeked.key;
    }

    @Override
    public void close() {}
  }
}
