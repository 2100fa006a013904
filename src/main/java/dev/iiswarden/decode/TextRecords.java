package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are text: JSON, XML, a line of syslog with either of them or with pairs of
 * names and values, and Splunk's text.
 */
final class TextRecords {
  private static final Pattern JSON_START = Pattern.compile("\\{\\s*\"|\\[\\s*\\{\\s*\"");

  /**
   * The header of a syslog message up to its host (RFC 3164, section 4.1; RFC 5424, section 6; RFC
   * 6587, section 3.4.1 for the length before it).
   */
  private static final Pattern SYSLOG_HOST =
      Pattern.compile(
          "(?:\\d{1,8} )?(?:<\\d{1,3}>)?(?:1 )?"
              + "(?:\\p{Lu}\\p{Ll}{2} [ \\d]?\\d (?:\\d{4} )?\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?|"
              + "(\\d{4}-\\d\\d-\\d\\d[T ][\\d:.,]+(?:Z|[+-]\\d\\d:?\\d\\d)?))[: ]+"
              + "([\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,254})\\s.*",
          Pattern.DOTALL);

  private final Envelopes envelopes;
  private final @Nullable ZoneId zone;

  TextRecords(Envelopes envelopes, @Nullable ZoneId zone) {
    this.envelopes = envelopes;
    this.zone = zone;
  }

  /** Returns what the records in a text decode to; null if none is recognised. */
  @Nullable Decoded decode(String given, Surroundings around, int depth, long line)
      throws MalformedRecordException {
    String text = withoutMark(given).strip();
    if (text.isEmpty()) {
      return null;
    }
    if (text.charAt(0) == '{' || text.charAt(0) == '[') {
      Decoded json = json(text, around, depth, line);
      if (json != null) {
        return json;
      }
    }
    if (text.charAt(0) == '"') {
      JsonNode encoded = depth == 0 ? JsonTrees.readInner(text) : null;
      return encoded == null || !encoded.isTextual()
          ? null
          : decode(encoded.asText(), around, depth + 1, line);
    }
    byte[] start = text.substring(0, Math.min(text.length(), 16)).getBytes(StandardCharsets.UTF_8);
    if (SplunkRecords.isLikely(start, 0, start.length)) {
      return splunk(text, around, line);
    }
    if (startsWithJson(text)) {
      // An event inside the JSON is escaped and must not be read as it stands.
      Decoded json = line(text, around, depth, line);
      if (json != null) {
        return json;
      }
    }
    Decoded xml = xml(text, around, line);
    return xml == null ? line(text, around, depth, line) : xml;
  }

  /** Whether JSON begins before any event does. */
  private static boolean startsWithJson(String text) {
    int event = text.indexOf("<Event");
    Matcher json = JSON_START.matcher(text);
    return event > 0 && json.find() && json.start() < event;
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private @Nullable Decoded json(String text, Surroundings around, int depth, long line)
      throws MalformedRecordException {
    List<Decoded> results = new ArrayList<>();
    for (JsonNode tree : JsonTrees.readFirst(text)) {
      Decoded result = envelopes.open(tree, around, depth + 1, line);
      if (result != null) {
        results.add(result);
      }
    }
    return results.isEmpty() ? null : Decoded.ofRecords(results);
  }

  private @Nullable Decoded splunk(String text, Surroundings around, long line)
      throws MalformedRecordException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    FieldValues values = SplunkRecords.read(utf8, 0, utf8.length, zone);
    around.complete(values);
    return KnownShapes.read(values, Shape.SPLUNK, line).decoded();
  }

  private static @Nullable Decoded xml(String text, Surroundings around, long line)
      throws MalformedRecordException {
    List<Decoded> results = new ArrayList<>();
    Surroundings headed = headed(text, '<', around);
    for (String event : XmlEvents.in(text)) {
      FieldValues values = XmlRecords.read(event);
      headed.complete(values);
      results.add(KnownShapes.read(values, Shape.XML, line).decoded());
    }
    return results.isEmpty() ? null : Decoded.ofRecords(results);
  }

  private @Nullable Decoded line(String text, Surroundings around, int depth, long line)
      throws MalformedRecordException {
    Surroundings headed = headed(text, '\0', around);
    Matcher json = JSON_START.matcher(text);
    if (json.find() && json.start() > 0) {
      Decoded inner = json(text.substring(json.start()), headed, depth, line);
      if (inner != null) {
        return inner;
      }
    }
    JsonNode pairs = PairText.read(text);
    return pairs == null ? null : envelopes.open(pairs, headed, depth + 1, line);
  }

  /** Returns the surroundings with the host of a syslog header, and its time if that has a zone. */
  private static Surroundings headed(String text, char first, Surroundings around) {
    if (text.charAt(0) == first && !Character.isDigit(text.length() > 1 ? text.charAt(1) : ' ')) {
      return around;
    }
    String header = text.substring(0, Math.min(text.length(), 600));
    Matcher syslog = SYSLOG_HOST.matcher(header);
    if (!syslog.matches()) {
      return around;
    }
    Instant time = Timestamps.parseZoned(syslog.group(1));
    return new Surroundings(syslog.group(2), time == null ? around.time() : time);
  }
}
