package dev.iiswarden.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Storage outside the engine, by key and part; {@code HostStore} says what an implementation must
 * do. Called by one thread at a time for each key.
 */
public interface PartStore {
  /** Returns all parts under a key, by name; empty if there are none. */
  Map<String, byte[]> load(String key);

  /** Saves parts under a key; a null part is deleted. */
  void save(String key, Map<String, byte @Nullable []> parts);

  /** Deletes all parts under a key. */
  void delete(String key);
}
