package dev.iiswarden.alert;

import dev.iiswarden.event.Event;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What tells an event of the evidence from all others, whenever and wherever it is read: its kind,
 * its time, and its {@code event.id} or, if it has none of its own, all of its fields. Immutable.
 *
 * @param kind the simple name of the fact's class
 * @param time when it happened, as it says itself
 * @param what its id, or its fields
 */
record EventIdentity(String kind, String time, String what) {
  static EventIdentity of(Event event) {
    String time = ownTime(event).toString();
    boolean hasOwnId = event.getEvent().hasOwnId();
    return new EventIdentity(
        event.getClass().getSimpleName(),
        time,
        hasOwnId ? String.valueOf(event.getEvent().getId()) : content(event, time));
  }

  /**
   * The time that an event counts as may differ between runs; the time that it reports does not.
   */
  private static Instant ownTime(Event event) {
    Instant reported = event.getReportedTimestamp();
    return reported == null ? event.getTimestamp() : reported;
  }

  /**
   * All fields of the event except its place in the input, which differs between copies of a log.
   */
  private static String content(Event event, String time) {
    Map<String, Object> fields = new TreeMap<>(event.toMap());
    fields.put("@timestamp", time);
    if (fields.get("event") instanceof Map<?, ?> own) {
      Map<Object, Object> withoutId = new LinkedHashMap<>(own);
      withoutId.remove("id");
      fields.put("event", withoutId);
    }
    return fields.toString();
  }

  /** Adds it to a digest. */
  void addTo(MessageDigest digest) {
    add(digest, kind);
    add(digest, time);
    add(digest, what);
  }

  /** A digest of it. */
  String key() {
    return Alert.digest(kind, time, what);
  }

  /** Prefixes each text with its length, so that no two lists of texts have the same bytes. */
  static void add(MessageDigest digest, @Nullable String text) {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    String head = (text == null ? "-" : "") + bytes.length + ":";
    digest.update(head.getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }
}
