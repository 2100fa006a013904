package dev.iiswarden.event;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The place of a record in a Windows event log: {@code winlog.channel} and {@code
 * winlog.record_id}. A machine numbers the records of each channel. It begins anew when the log is
 * cleared or the machine is restored, so only together with its time does the number identify a
 * record of a machine. Created by the constructor. Immutable and safe for use by several threads.
 *
 * @param channel the name of the log, such as {@code Security}
 * @param recordId the number as the source spells it
 */
public record LogRecordId(String channel, String recordId) {

  /**
   * Returns what identifies the record that an event was made of: a digest of its computer,
   * channel, record id, event code and time. It is long enough that nobody can make up a record
   * that another one would be taken to repeat. The time is part of it because a restored machine
   * numbers its records anew.
   *
   * @return the first 64 bits of a SHA-256; null if the event lacks one of these, and for an event
   *     that was {@linkplain Event#placed placed}
   */
  public static @Nullable Long digest(Event event) {
    String host = event.getHost().getName();
    LogRecordId record = host == null ? null : event.getLogRecord();
    if (host == null || record == null) {
      return null;
    }
    Instant reported = event.getReportedTimestamp();
    String identity =
        String.join(
            "\n",
            host.toLowerCase(Locale.ROOT),
            record.channel().toLowerCase(Locale.ROOT),
            record.recordId(),
            String.valueOf(event.getEvent().getCode()),
            (reported == null ? event.getTimestamp() : reported).toString());
    return ByteBuffer.wrap(Sha256.of(identity)).getLong();
  }
}
