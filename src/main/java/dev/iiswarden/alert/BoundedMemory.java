package dev.iiswarden.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a filter of alerts remembers, by key. The entry that has gone longest without use is
 * forgotten first. It knows which entries have changed, so that a store need not save all of them.
 * Not safe for use by several threads.
 *
 * @param <V> an entry, which may change after it was fetched with {@link #use}
 */
final class BoundedMemory<V> {
  private final int most;
  private final Function<V, JsonNode> toJson;
  private final BiConsumer<String, V> forgotten;
  private final Map<String, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** The keys of changed and removed entries; null if nobody asks for them. */
  private @Nullable Map<String, Boolean> changed;

  /**
   * Creates an empty memory.
   *
   * @param most how many entries are remembered
   * @param toJson writes an entry
   * @param forgotten gets an entry that is forgotten because there are too many
   */
  BoundedMemory(int most, Function<V, JsonNode> toJson, BiConsumer<String, V> forgotten) {
    this.most = most;
    this.toJson = toJson;
    this.forgotten = forgotten;
  }

  /** Returns an entry, which counts as changed from now on; null if there is none. */
  @Nullable V use(String key) {
    V known = entries.get(key);
    if (known != null) {
      noteChange(key);
    }
    return known;
  }

  /** Returns an entry, or adds it if there is none; it counts as changed from now on. */
  V use(String key, Supplier<V> make) {
    V known = use(key);
    if (known != null) {
      return known;
    }
    V fresh = make.get();
    put(key, fresh);
    return fresh;
  }

  void put(String key, V entry) {
    entries.put(key, entry);
    noteChange(key);
    if (entries.size() > most) {
      removeEldest();
    }
  }

  /** Forgets the entry that has gone longest without use; there must be one. */
  void removeEldest() {
    Map.Entry<String, V> eldest = entries.entrySet().iterator().next();
    String key = eldest.getKey();
    V entry = eldest.getValue();
    remove(key);
    forgotten.accept(key, entry);
  }

  /** The entry that has gone longest without use; null if there is none. */
  @Nullable V eldest() {
    return entries.isEmpty() ? null : entries.values().iterator().next();
  }

  int size() {
    return entries.size();
  }

  @Nullable V remove(String key) {
    V removed = entries.remove(key);
    if (removed != null) {
      noteChange(key);
    }
    return removed;
  }

  void clear() {
    List.copyOf(entries.keySet()).forEach(this::remove);
  }

  void forEach(BiConsumer<String, V> action) {
    entries.forEach(action);
  }

  private void noteChange(String key) {
    if (changed != null) {
      changed.put(key, true);
    }
  }

  /** Begins to take note of changes. */
  void trackChanges() {
    changed = new LinkedHashMap<>();
  }

  /**
   * Adds the entries that have changed since the last call to a map, by digests of their keys; null
   * for removed ones.
   */
  void takeChanges(Map<String, @Nullable JsonNode> to) {
    if (changed == null) {
      return;
    }
    for (String key : changed.keySet()) {
      V entry = entries.containsKey(key) ? entries.get(key) : null;
      to.put(Alert.digest(key), entry == null ? null : toJson.apply(entry));
    }
    changed.clear();
  }

  /** Adds all entries to a list, the longest unused first. */
  void addTo(List<JsonNode> state) {
    entries.values().forEach(entry -> state.add(toJson.apply(entry)));
  }
}
