package dev.iiswarden.testing;

import dev.iiswarden.HostStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A store in memory that tells what was saved. */
public final class MemoryHostStore implements HostStore {
  private final Map<String, Map<String, byte[]>> kept = new HashMap<>();
  private final List<String> saves = new ArrayList<>();
  private long written;
  private int largest;

  @Override
  public Map<String, byte[]> load(String key) {
    return Map.copyOf(kept.getOrDefault(key, Map.of()));
  }

  @Override
  public void save(String key, Map<String, byte @Nullable []> parts) {
    if (!key.equals(DELIVERY)) {
      saves.add(key);
    }
    Map<String, byte[]> all = kept.computeIfAbsent(key, unused -> new HashMap<>());
    parts.forEach(
        (part, content) -> {
          if (content == null) {
            all.remove(part);
          } else {
            all.put(part, content);
            written += content.length;
            largest = Math.max(largest, content.length);
          }
        });
  }

  @Override
  public void delete(String key) {
    kept.remove(key);
  }

  /** The keys of hosts that have parts. */
  public List<String> hosts() {
    List<String> keys = new ArrayList<>(new TreeSet<>(kept.keySet()));
    keys.remove(DELIVERY);
    return keys;
  }

  /** The parts of a host, to be looked at and damaged. */
  public Map<String, byte[]> parts(String key) {
    return kept.getOrDefault(key, Map.of());
  }

  /** The keys of hosts for which something was saved, in order. */
  public List<String> saves() {
    return saves;
  }

  /** The bytes written so far. */
  public long written() {
    return written;
  }

  /** The size of the largest part ever saved, in bytes. */
  public int largest() {
    return largest;
  }
}
