package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a record: the objects that contain it, or the header of its syslog message.
 * The host and time there may be those of a collector, so they count only if the record has none.
 * Immutable.
 */
record Surroundings(@Nullable String host, @Nullable Instant time) {
  static final Surroundings NONE = new Surroundings(null, null);

  /** A name of a machine, not of a log, a program or a file that is also called a source. */
  private static final Pattern MACHINE = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,254}");

  private static final List<String> HOSTS =
      List.of(
          "computer",
          "Computer",
          "computer_name",
          "ComputerName",
          "Hostname",
          "hostname",
          "HostName",
          "host_name",
          "MachineName",
          "Fqdn",
          "host",
          "agent",
          "beat",
          "hostIdentifier",
          "fromhost",
          "endpoint",
          "source");

  private static final List<String> TIMES =
      List.of(
          "@timestamp",
          "timestamp",
          "Timestamp",
          "time",
          "_time",
          "TimeGenerated",
          "TimeGenerated [UTC]",
          "EventTime",
          "timegenerated",
          "timeUnixNano",
          "unixTime",
          "datetime",
          "date");

  private static final List<String> NAMES_IN_HOST = List.of("name", "hostname", "host", "fqdn");

  /**
   * Returns the surroundings of what an object contains.
   *
   * @param zone the time zone of times without one; null if unknown
   */
  Surroundings inside(JsonNode object, @Nullable ZoneId zone) {
    String nearer = hostOf(object);
    Instant earlier = timeOf(object, zone);
    return new Surroundings(nearer == null ? host : nearer, earlier == null ? time : earlier);
  }

  private static @Nullable String hostOf(JsonNode object) {
    for (String key : HOSTS) {
      String name = machine(object.get(key));
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  private static @Nullable String machine(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    if (value.isArray() && value.size() == 1) {
      return machine(value.get(0));
    }
    if (value.isObject()) {
      for (String key : NAMES_IN_HOST) {
        String name = machine(value.get(key));
        if (name != null) {
          return name;
        }
      }
    }
    String text = value.isTextual() ? value.asText() : "";
    return MACHINE.matcher(text).matches() && !text.startsWith("Microsoft-") ? text : null;
  }

  private static @Nullable Instant timeOf(JsonNode object, @Nullable ZoneId zone) {
    for (String key : TIMES) {
      JsonNode value = object.get(key);
      if (value != null && value.isArray() && value.size() == 1) {
        value = value.get(0);
      }
      Instant time =
          value == null || !value.isValueNode()
              ? null
              : key.endsWith("[UTC]")
                  ? CollectorTimes.utc(value)
                  : CollectorTimes.zoned(value, zone);
      if (time != null) {
        return time;
      }
    }
    return null;
  }

  /** Gives a record the host and time that it lacks. */
  void complete(FieldValues values) {
    if (host != null
        && !values.has(Field.COMPUTER)
        && !values.has(Field.HOSTNAME)
        && !values.has(Field.ECS_HOST_NAME)) {
      values.add(Field.COMPUTER, host);
    }
    if (time != null) {
      values.add(Field.SURROUNDING_TIME, time);
    }
  }
}
