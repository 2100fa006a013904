package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.LogRecordId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a record that arrives a second time, because a collector has resent it or exports
 * overlap: one with the same computer, channel, record id, event code and time. The time is part of
 * it because a restored machine numbers its records anew. A record that lacks one of these is never
 * recognised.
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
    Long key = key(event);
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

  private static @Nullable Long key(Event event) {
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
    // A digest, so that nobody can make up a record that another one is taken to repeat.
    return ByteBuffer.wrap(Digest.of(identity)).getLong();
  }
}
