package dev.iiswarden.kafka;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes from those who decode to those who detect, keyed by the host's correlation key. */
sealed interface HostRecord {
  /**
   * A record that some rule is interested in.
   *
   * @param events its facts, at least one
   */
  record Facts(List<Event> events) implements HostRecord {}

  /**
   * A host was heard of, and nothing of interest was said: its clock goes on.
   *
   * @param time of the event
   */
  record Heard(HostFields host, Instant time) implements HostRecord {}

  /**
   * How far a partition of the input has been read; for all who detect.
   *
   * @param origin the partition
   * @param millis its stream time: the latest timestamp of its records, since 1970
   */
  record Progress(String origin, long millis) implements HostRecord {}

  /**
   * A record that could not be decoded; goes to the dead letters.
   *
   * @param key as it came; null if it had none, or one that is neither bytes nor text
   * @param record as it came
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
  record Malformed(byte @Nullable [] key, byte[] record) implements HostRecord {}
}
