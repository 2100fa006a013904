package dev.iiswarden.kafka;

import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A timestamp extractor for the input topics: it returns the record's timestamp, or the wall clock
 * if that timestamp is negative. Kafka's default extractor ends the application instead, so one
 * record without a timestamp would stop detection. Set it with {@link
 * org.apache.kafka.streams.kstream.Consumed#withTimestampExtractor}, or by name as {@code
 * default.timestamp.extractor}. Safe for use by several threads.
 */
public final class UseWallClockOnInvalidTimestamp implements TimestampExtractor {
  private final InstantSource clock;

  /** Creates an extractor that uses the system's clock. */
  public UseWallClockOnInvalidTimestamp() {
    this(InstantSource.system());
  }

  UseWallClockOnInvalidTimestamp(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestamp() < 0 ? clock.millis() : record.timestamp();
  }
}
