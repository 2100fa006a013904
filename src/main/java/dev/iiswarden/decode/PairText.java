package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line of names and values, as agents send it by syslog, into an object: Snare's columns,
 * WinCollect's {@code AgentDevice=WindowsLog}, LEEF, CEF, RFC 5424 structured data and plain {@code
 * name="value"} pairs ("QRadar LEEF format guide", IBM; "Implementing ArcSight Common Event
 * Format", Micro Focus; RFC 5424, section 6.3).
 */
final class PairText {
  /** Snare's columns after {@code MSWinEventLog}; the second and third are its own counters. */
  private static final List<String> SNARE =
      List.of(
          "",
          "Channel",
          "",
          "EventTime",
          "EventID",
          "ProviderName",
          "",
          "",
          "",
          "Computer",
          "",
          "",
          "Message");

  private static final Pattern SNARE_MARK =
      Pattern.compile("MSWinEventLog(\\t|#011|\\\\t| {2,}|#)");
  private static final Pattern LEEF =
      Pattern.compile(
          "LEEF:[12]\\.0\\|[^|]*\\|[^|]*\\|[^|]*\\|([^|]*)\\|(?:(x?[0-9A-Fa-f]{1,4}|.)\\|)?");
  private static final Pattern CEF =
      Pattern.compile("CEF:[01]\\|[^|]*\\|[^|]*\\|[^|]*\\|([^|]*)\\|[^|]*\\|[^|]*\\|");

  /** The characters that may stand between pairs. */
  private static final String SEPARATORS = " \t\n\u000B\f\r;,|";

  private static final int LONGEST_NAME = 61;

  /** Windows' longest command line, with every character escaped. */
  private static final int LONGEST_QUOTED = 1 << 17;

  private PairText() {}

  /** Returns the pairs; null if the line has none with an event's id. */
  static @Nullable JsonNode read(String line) {
    Matcher snare = SNARE_MARK.matcher(line);
    if (snare.find()) {
      return snare(line.substring(snare.end()), String.valueOf(snare.group(1)));
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    Matcher leef = LEEF.matcher(line);
    Matcher cef = CEF.matcher(line);
    String rest = line;
    if (leef.find()) {
      putId(object, String.valueOf(leef.group(1)));
      rest = line.substring(leef.end());
    } else if (cef.find()) {
      putId(object, String.valueOf(cef.group(1)));
      rest = line.substring(cef.end());
      putPairs(object, rest);
      object.properties().forEach(pair -> pair.setValue(unescaped(pair.getValue())));
      return object;
    } else if (!hasEventId(line)) {
      return null;
    }
    if (rest.indexOf('\t') >= 0) {
      for (String pair : rest.split("\t", -1)) {
        putPair(object, pair);
      }
    } else {
      putPairs(object, rest);
    }
    return object.isEmpty() ? null : object;
  }

  /** Undoes the escapes of CEF's extension ("Character Encoding"). */
  private static JsonNode unescaped(JsonNode value) {
    return TextNode.valueOf(value.asText().replaceAll("\\\\([\\\\=|])", "$1"));
  }

  private static boolean hasEventId(String line) {
    return line.contains("EventID")
        || line.contains("EventCode")
        || line.contains("event_id")
        || line.contains("EventId");
  }

  private static ObjectNode snare(String columns, String delimiter) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    String[] values = columns.split(Pattern.quote(delimiter), -1);
    for (int i = 0; i < SNARE.size() && i < values.length; i++) {
      if (!SNARE.get(i).isEmpty()) {
        object.put(SNARE.get(i), values[i].strip());
      }
    }
    return object;
  }

  /** CEF names the event {@code provider:id}, LEEF by its id. */
  private static void putId(ObjectNode object, String signature) {
    int colon = signature.lastIndexOf(':');
    object.put("EventID", signature.substring(colon + 1).strip());
    if (colon > 0) {
      object.put("ProviderName", signature.substring(0, colon));
    }
  }

  private static void putPair(ObjectNode object, String pair) {
    int equals = pair.indexOf('=');
    if (equals > 0) {
      String name = pair.substring(0, equals).strip();
      put(object, name.substring(name.lastIndexOf(' ') + 1), pair.substring(equals + 1).strip());
    }
  }

  /** Reads pairs in one pass, because an intruder may have chosen the text. */
  private static void putPairs(ObjectNode object, String text) {
    int at = 0;
    while (at < text.length()) {
      int equals = isStart(text, at) ? equalsAfterName(text, at) : -1;
      if (equals < 0) {
        at++;
        continue;
      }
      String name = text.substring(at, equals).strip();
      int start = valueStart(text, equals + 1);
      char quote = start < text.length() ? text.charAt(start) : 0;
      int end = quote == '"' || quote == '\'' ? closing(text, start) : -1;
      if (end >= 0) {
        put(object, name, text.substring(start + 1, end).replaceAll("\\\\([\"'\\\\\\]])", "$1"));
        at = end + 1;
      } else if (name.equals("Message")) {
        // The text stands last, and its own words may look like pairs.
        object.put(name, text.substring(start));
        return;
      } else {
        at = valueEnd(text, start);
        put(object, name, text.substring(start, at).strip());
      }
    }
  }

  private static boolean isStart(String text, int at) {
    return at == 0 || text.charAt(at - 1) == '[' || isSeparator(text.charAt(at - 1));
  }

  private static boolean isSeparator(char c) {
    return SEPARATORS.indexOf(c) >= 0;
  }

  private static boolean isBlank(String text, int at) {
    return at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t');
  }

  /** Returns the index of the equals sign after a name that begins here; -1 if none does. */
  private static int equalsAfterName(String text, int start) {
    int at = start;
    int farthest = Math.min(text.length(), start + LONGEST_NAME);
    while (at < farthest && isOfName(text.charAt(at), at == start)) {
      at++;
    }
    if (at > start && isBlank(text, at)) {
      at++;
    }
    return at > start && at < text.length() && text.charAt(at) == '=' ? at : -1;
  }

  private static boolean isOfName(char c, boolean isFirst) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == '@'
        || (!isFirst && ((c >= '0' && c <= '9') || c == '.' || c == ':' || c == '-'));
  }

  /** Skips a blank after the equals sign, unless the value is empty and the next pair begins. */
  private static int valueStart(String text, int at) {
    return isBlank(text, at) && equalsAfterName(text, at + 1) < 0 ? at + 1 : at;
  }

  /** Returns the index of the quote that closes the one here; -1 if none does before long. */
  private static int closing(String text, int start) {
    int farthest = Math.min(text.length(), start + LONGEST_QUOTED);
    for (int i = start + 1; i < farthest; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == text.charAt(start)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a bracket ends structured data; one inside a path such as {@code a[@b]/c} does not. */
  private static boolean endsElement(String text, int at) {
    return text.charAt(at) == ']'
        && (at + 1 == text.length() || text.charAt(at + 1) == ' ' || text.charAt(at + 1) == '[');
  }

  /** Returns where a value without quotes ends: at a bracket, or before the next pair. */
  private static int valueEnd(String text, int start) {
    int at = start;
    while (at < text.length() && !endsElement(text, at)) {
      int next = at;
      while (next < text.length() && isSeparator(text.charAt(next))) {
        next++;
      }
      if (next > at && equalsAfterName(text, next) >= 0) {
        return at;
      }
      at = Math.max(next, at + 1);
    }
    return at;
  }

  /** Keeps the first value: a later one may have been invented by whoever chose the text. */
  private static void put(ObjectNode object, String name, String value) {
    String own = name.startsWith("ad.") ? name.substring(3) : name;
    if (!object.has(own)) {
      object.put(own, value);
    }
  }
}
