package dev.iiswarden.event;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cache of prepared lists of patterns. Its size is fixed, so a rule that computes its patterns
 * costs time but not memory. Safe for use by several threads: entries are immutable, and a lost
 * update only means that a list is prepared once more.
 *
 * @param <T> the prepared form of a list; immutable
 */
final class PatternCache<T> {
  private static final int SIZE = 1024;
  private static final int PROBES = 4;

  private final AtomicReferenceArray<@Nullable Entry<T>> entries = new AtomicReferenceArray<>(SIZE);
  private final Function<String[], T> prepare;

  PatternCache(Function<String[], T> prepare) {
    this.prepare = prepare;
  }

  T get(String... patterns) {
    int hash = patterns.length;
    if (hash > 0) {
      hash += patterns[0].hashCode() + 31 * patterns[patterns.length - 1].hashCode();
    }
    int slot = (hash ^ (hash >>> 16)) & (SIZE - 1);
    int free = slot;
    for (int probe = 0; probe < PROBES; probe++) {
      int index = (slot + probe) & (SIZE - 1);
      Entry<T> entry = entries.getAcquire(index);
      if (entry == null) {
        free = index;
        break;
      }
      if (Arrays.equals(entry.patterns, patterns)) {
        return entry.prepared;
      }
    }
    String[] key = patterns.clone();
    T prepared = prepare.apply(key);
    entries.setRelease(free, new Entry<>(key, prepared));
    return prepared;
  }

  private static final class Entry<T> {
    private final String[] patterns;
    private final T prepared;

    Entry(String[] patterns, T prepared) {
      this.patterns = patterns;
      this.prepared = prepared;
    }
  }
}
