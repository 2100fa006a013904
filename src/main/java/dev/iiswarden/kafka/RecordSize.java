package dev.iiswarden.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The size of the records that this package writes. By default producers and brokers refuse a
 * record above 1 MiB ({@code max.request.size}, {@code max.message.bytes}), and a refused record
 * would end the task.
 */
final class RecordSize {
  /** The most that a record has in its key, its value and its headers, in bytes. */
  static final int MOST_BYTES = 900_000;

  /** What a header takes beside its name and its value, at most. */
  private static final int HEADER_BYTES = 10;

  private RecordSize() {}

  /** Returns the bytes of a key. */
  static int of(String key) {
    return key.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Returns the bytes of headers. */
  static int of(Headers headers) {
    int bytes = 0;
    for (Header header : headers) {
      bytes +=
          HEADER_BYTES + of(header.key()) + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }

  /** Whether a record is too large for the topic to the detecting tasks. */
  static boolean isTooLarge(String key, HostRecord record) {
    return of(key) + HostRecordSerde.toBytes(record).length > MOST_BYTES;
  }
}
