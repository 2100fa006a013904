package dev.iiswarden.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The records of a host that wait to be put in order. Most open hosts have none, so nothing is kept
 * for them. Not safe for use by several threads.
 */
final class WaitingRecords {
  private @Nullable PriorityQueue<WaitingRecord> queue;

  /**
   * What has begun (a record) or ceased (null) to wait since it was last asked for, by arrival;
   * null if nobody asks, because it would grow for as long as the host is open.
   */
  private final @Nullable Map<Long, @Nullable WaitingRecord> changes;

  /**
   * Creates an empty collection.
   *
   * @param isStored whether changes are asked for, see {@link #takeChanges}
   */
  WaitingRecords(boolean isStored) {
    changes = isStored ? new LinkedHashMap<>() : null;
  }

  boolean isEmpty() {
    return queue == null;
  }

  int size() {
    return queue == null ? 0 : queue.size();
  }

  void add(WaitingRecord record) {
    enqueue(record);
    if (changes != null) {
      changes.put(record.arrival(), record);
    }
  }

  private void enqueue(WaitingRecord record) {
    if (queue == null) {
      queue = new PriorityQueue<>(4, WaitingRecord.ORDER);
    }
    queue.add(record);
  }

  /** Returns the record whose turn is next; null if none waits. */
  @Nullable WaitingRecord peek() {
    return queue == null ? null : queue.peek();
  }

  /** Removes and returns the record whose turn is next; there must be one. */
  WaitingRecord remove() {
    if (queue == null) {
      throw new IllegalStateException("no record waits");
    }
    WaitingRecord next = queue.remove();
    if (queue.isEmpty()) {
      queue = null;
    }
    if (changes != null) {
      changes.put(next.arrival(), null);
    }
    return next;
  }

  /** Puts another record in the place of one that waits. */
  void replace(WaitingRecord one, WaitingRecord other) {
    if (queue != null) {
      queue.remove(one);
    }
    add(other);
  }

  /** Returns the records in the order of their turns, as a list of its own. */
  List<WaitingRecord> inOrder() {
    List<WaitingRecord> records = queue == null ? new ArrayList<>() : new ArrayList<>(queue);
    records.sort(WaitingRecord.ORDER);
    return records;
  }

  /** Adds records whose changes nobody asks for. */
  void restore(Collection<WaitingRecord> records) {
    records.forEach(this::enqueue);
  }

  void clear() {
    queue = null;
  }

  /**
   * Returns what has begun to wait since the last call, by arrival; null for what has ceased to.
   */
  Map<Long, @Nullable WaitingRecord> takeChanges() {
    if (changes == null) {
      return Map.of();
    }
    Map<Long, @Nullable WaitingRecord> taken = new LinkedHashMap<>(changes);
    changes.clear();
    return taken;
  }
}
