package dev.iiswarden.decode;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventBuilder;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.UserFields;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Maps Windows events of any shape to facts. The provider and event id determine what happened. The
 * time is the first trusted time of the shape. The host is the machine that logged the event, never
 * the one that collected it.
 */
final class WindowsMapping {
  private static final Field[] EVENT_IDS = {
    Field.EVENT_ID, Field.SYSTEM_EVENT_ID, Field.WINLOG_EVENT_ID, Field.BEAT_EVENT_ID
  };

  private WindowsMapping() {}

  /** Whether a field's value alone can make a record irrelevant to all rules. */
  static boolean decidesInterest(Field field) {
    return field == Field.EVENT_ID || field == Field.SYSTEM_EVENT_ID;
  }

  /**
   * Marks the record as irrelevant if a field, just read, is the event id and not one that a rule
   * can match.
   */
  static void noteInterest(FieldValues values, Field field) {
    if (decidesInterest(field) && !Provider.anyHas(eventId(values, field))) {
      values.markOfNoInterest();
    }
  }

  static Decoded decode(FieldValues values, Shape shape, long line) {
    Field idField = idField(values);
    if (idField == null || values.isOfNoInterest()) {
      return Decoded.nothing();
    }
    int eventId = eventId(values, idField);
    Provider provider = Provider.of(values, eventId);
    if (provider == null) {
      return Decoded.nothing();
    }
    Instant timestamp = timestamp(values, shape);
    if (timestamp == null) {
      return Decoded.withoutTime(complaint(values, shape), line);
    }
    Logged logged = new Logged(values, provider, eventId, timestamp, line);
    Event fact =
        switch (provider) {
          case SYSMON -> SysmonMapping.fact(logged);
          case SECURITY -> SecurityMapping.fact(logged);
          case IIS_CONFIGURATION -> IisMapping.configuration(logged);
          case W3SVC_WP -> IisMapping.moduleLoadFailure(logged);
          case POWERSHELL -> PowershellMapping.scriptBlock(logged);
        };
    return fact == null ? Decoded.nothing() : Decoded.of(fact);
  }

  private static @Nullable Field idField(FieldValues values) {
    for (Field field : EVENT_IDS) {
      if (values.has(field)) {
        return field;
      }
    }
    return null;
  }

  private static int eventId(FieldValues values, Field field) {
    Long id = values.firstInteger(field);
    return id == null || id > Integer.MAX_VALUE || id < 0 ? -1 : id.intValue();
  }

  private static @Nullable Instant timestamp(FieldValues values, Shape shape) {
    for (Field field : Layout.of(shape).times()) {
      if (values.has(field) && isTrusted(field, values, shape)) {
        Object value = values.only(field);
        // SystemTime is UTC by the schema of Windows events, whether or not it says so.
        Instant time =
            field == Field.UTC_TIME || field == Field.SYSTEM_TIME
                ? Timestamps.parse(value)
                : Timestamps.parseZoned(value);
        // A time that is present but unreadable is an error, not a reason to look elsewhere.
        if (time != null || field == Field.UTC_TIME) {
          return time;
        }
      }
    }
    return values.only(Field.SURROUNDING_TIME) instanceof Instant time ? time : null;
  }

  private static boolean isTrusted(Field time, FieldValues values, Shape shape) {
    return shape != Shape.FLAT || time != Field.TIMESTAMP || values.has(Field.LOGSTASH_VERSION);
  }

  private static String complaint(FieldValues values, Shape shape) {
    if (values.has(Field.UTC_TIME)) {
      return values.only(Field.UTC_TIME) == null
          ? "more than one UtcTime"
          : "UtcTime '" + Timestamps.excerpt(values.first(Field.UTC_TIME)) + "' is not a date";
    }
    for (Field field : Layout.of(shape).times()) {
      if (values.has(field) && isTrusted(field, values, shape)) {
        String name = Layout.of(shape).placesOf(field).get(0);
        return "no UtcTime, and "
            + name
            + " '"
            + Timestamps.excerpt(values.first(field))
            + "' is not a date with a time zone";
      }
    }
    if (shape == Shape.FLAT && values.has(Field.TIME_CREATED)) {
      return "no UtcTime, and TimeCreated '"
          + Timestamps.excerpt(values.first(Field.TIME_CREATED))
          + "' is not trusted: in this shape it is often local time in 12-hour form with a Z";
    }
    return shape == Shape.SPLUNK
        ? "no UtcTime, and the date has no time zone: set --zone or use EventDecoders.auto(zone)"
        : "no UtcTime, and no other time that can be trusted";
  }

  /** One event as Windows logged it, with the accessors that all mappings use. */
  record Logged(FieldValues values, Provider provider, int eventId, Instant timestamp, long line) {

    /** Sets the fields that all facts have. */
    <B extends EventBuilder<B>> B fill(B builder, String type) {
      String hostname = text(Field.HOSTNAME);
      return builder
          .timestamp(timestamp)
          .line(line)
          .type(type)
          .provider(provider.label())
          .code(Integer.toString(eventId))
          .logRecord(values::logRecord)
          .computerName(hostname == null ? text(Field.COMPUTER) : hostname);
    }

    /**
     * Sets the fields that all facts have, for a provider that logs from within the acting process.
     * The record's own process and user are the actor's, and no field names the executable.
     */
    <B extends EventBuilder<B>> B fillFromWithin(B builder, String type) {
      return fill(builder, type)
          .process(() -> ProcessFields.builder().pid(integer(Field.LOGGING_PROCESS_ID)).build())
          .user(() -> new UserFields(null, null, text(Field.USER_ID)));
    }

    /**
     * Returns an integer, decimal or, as the Security log writes it, {@code 0x} and hexadecimal.
     */
    @Nullable Long integer(Field field) {
      String text = values.first(field);
      if (text == null || !text.startsWith("0x")) {
        return values.firstInteger(field);
      }
      try {
        return Long.valueOf(text.substring(2), 16);
      } catch (NumberFormatException e) {
        return null;
      }
    }

    /** Returns a value, or null for the marks that Windows writes for a missing value. */
    @Nullable String text(Field field) {
      String value = values.first(field);
      return value == null || value.isEmpty() || value.equals("-") || value.equals("(Empty)")
          ? null
          : value;
    }
  }
}
