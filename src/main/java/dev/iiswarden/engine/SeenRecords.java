package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.LogRecordId;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Recognises a record that arrives a second time, because a collector has resent it or exports
 * overlap, see {@link LogRecordId#digest}. A record without such an identity is never recognised.
 *
 * <p>The last {@value #MOST} records are remembered, whatever their hosts. Each takes about 64
 * bytes, so all of them take 8 MB. Safe for use by several threads.
 */
final class SeenRecords {
  /** How many records are remembered; the oldest is forgotten first. */
  static final int MOST = 131_072;

  private final Set<Long> keys = new LinkedHashSet<>();

  /** Whether the record of an event has been seen; from now on it has. */
  boolean isRepeated(Event event) {
    Long key = LogRecordId.digest(event);
    return key != null && !add(key);
  }

  private synchronized boolean add(Long key) {
    if (!keys.add(key)) {
      return false;
    }
    if (keys.size() > MOST) {
      Iterator<Long> oldest = keys.iterator();
      oldest.next();
      oldest.remove();
    }
    return true;
  }

  /** Returns the remembered records, the oldest first. */
  synchronized List<Long> state() {
    return List.copyOf(keys);
  }

  /** Restores what {@link #state()} returned. */
  synchronized void restore(List<Long> state) {
    state.forEach(this::add);
  }
}
