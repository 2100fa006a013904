package dev.iiswarden.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A partition of a topic. */
final class SimulatedLog {
  private final List<Entry> entries = new ArrayList<>();

  /** A record; a changelog has no use for the timestamp. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Entry(long timestamp, String key, byte @Nullable [] value) {
    /** The value of a record that deletes nothing. */
    byte[] content() {
      return Objects.requireNonNull(value);
    }
  }

  void append(long timestamp, String key, byte @Nullable [] value) {
    entries.add(new Entry(timestamp, key, value));
  }

  /** The records so far, in order; a record's place is its offset. */
  List<Entry> entries() {
    return entries;
  }
}
