package dev.iiswarden.kafka;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record from a decoding task: to a detecting task, keyed by the host's correlation key, or to
 * the topic of alerts or that of dead letters.
 */
sealed interface HostRecord {
  /**
   * A record that is relevant to some rule.
   *
   * @param events its facts, at least one
   * @param id identifies the record of the event log, see {@link
   *     dev.iiswarden.event.LogRecordId#digest}; null if it has no such identity
   */
  record Facts(List<Event> events, @Nullable Long id) implements HostRecord {}

  /**
   * A heartbeat: the host sent an irrelevant event, so its clock advances.
   *
   * @param time the time of the event
   */
  record Heard(HostFields host, Instant time) implements HostRecord {}

  /**
   * How far an input partition has been read; sent to all detecting tasks.
   *
   * @param origin the partition
   * @param millis how far it has been read, in milliseconds since 1970: see {@link PartitionClock}
   */
  record Progress(String origin, long millis) implements HostRecord {}

  /**
   * A record that could not be decoded, for the dead-letter topic.
   *
   * @param key the original key; null if there was none, or if it is neither bytes nor text
   * @param record the original value
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
  record Malformed(byte @Nullable [] key, byte[] record) implements HostRecord {}

  /** An alert on a record that was too large for the detecting tasks. */
  record Raised(Alert alert) implements HostRecord {}
}
