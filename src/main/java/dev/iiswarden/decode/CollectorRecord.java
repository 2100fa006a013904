package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.decode.CollectorNames.Header;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Windows event that a collector has renamed, flattened or nested in its own way. The
 * fields are found by {@link CollectorNames}, wherever they lie. The event's values may have names,
 * be pairs of name and value, be JSON or XML text, or have no names but an order; and where there
 * are none at all, they are read from the event's text. Not safe for use by several threads.
 */
final class CollectorRecord {
  private static final int DEEPEST = 16;

  /** What PowerShell's ConvertTo-Json writes in place of values below its depth. */
  private static final String NOT_CONVERTED = "System.Diagnostics.Eventing.Reader.";

  /** A path of more keys is not one of the event's own values without a part to hold them. */
  private static final int DEEPEST_LOOSE = 3;

  private final @Nullable ZoneId zone;
  private final Map<Header, JsonNode> headers = new EnumMap<>(Header.class);

  /** Times that count if they name their zone, by their path, in the order of the record. */
  private final Map<String, JsonNode> times = new LinkedHashMap<>();

  private final FieldValues values = new FieldValues();

  /** Values that are the event's own if it has no part that holds them. */
  private final List<Loose> loose = new ArrayList<>();

  private final List<String> positional = new ArrayList<>();
  private boolean hasData;
  private boolean isDoubled;
  private boolean isFromText;

  /** NXLog's names, and those of the Mordor data sets. */
  private boolean hasHostname;

  /** EvtxECmd writes times without a zone, and they are UTC. */
  private boolean hasPayload;

  /** A value at the top of the record. */
  private record Loose(Field field, String text) {}

  private CollectorRecord(@Nullable ZoneId zone) {
    this.zone = zone;
  }

  /**
   * Reads a record.
   *
   * @param zone the time zone of times without one; null if unknown
   * @return the record; null if the object is not a Windows event
   * @throws MalformedRecordException if it is one and a part of it is damaged
   */
  static @Nullable CollectorRecord read(JsonNode object, @Nullable ZoneId zone)
      throws MalformedRecordException {
    CollectorRecord record = new CollectorRecord(zone);
    record.object(object, "", 0);
    return record.addFields(object) ? record : null;
  }

  /** Returns the fields, to which the caller may add. */
  FieldValues values() {
    return values;
  }

  /** Whether the event's values were only in its text, which is a last resort. */
  boolean isFromText() {
    return isFromText;
  }

  private void object(JsonNode object, String path, int depth) throws MalformedRecordException {
    if (depth > DEEPEST) {
      return;
    }
    JsonNode plain = OtlpValues.plain(object);
    if (!plain.equals(object)) {
      value(plain, path, depth + 1);
      return;
    }
    isDoubled |= path.endsWith("wineventdata");
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      // Only the case tells the process that logged an event from the one that acted.
      String name =
          member.getKey().equals("ProcessID")
              ? "executionprocessid"
              : CollectorNames.letters(member.getKey());
      value(member.getValue(), path + name, depth + 1);
    }
  }

  private void value(JsonNode value, String path, int depth) throws MalformedRecordException {
    if (value.isObject()) {
      object(value, path, depth);
    } else if (value.isArray()) {
      array(value, path, depth);
    } else if (!value.isNull()) {
      leaf(value, path, depth);
    }
  }

  private void array(JsonNode array, String path, int depth) throws MalformedRecordException {
    String inData = CollectorNames.inData(path);
    for (JsonNode element : array) {
      JsonNode plain = OtlpValues.plain(element);
      if (plain.isObject()) {
        element(plain, path, inData, depth + 1);
      } else if (plain.isValueNode()) {
        if (plain.asText().startsWith(NOT_CONVERTED)) {
          continue;
        }
        if ((inData != null && inData.isEmpty()) || CollectorNames.isPositional(path)) {
          positional.add(plain.isNull() ? "" : plain.asText());
        } else {
          value(plain, path, depth + 1);
        }
      }
    }
  }

  /** Reads an element that is one value of the event: a pair, or an object of one member. */
  private void element(JsonNode element, String path, @Nullable String inData, int depth)
      throws MalformedRecordException {
    NamedValue pair = NamedValue.of(element);
    if (pair != null && pair.name() != null) {
      value(pair.value(), path + CollectorNames.letters(pair.name()), depth);
    } else if (pair != null) {
      positional.add(pair.value().isNull() ? "" : pair.value().asText());
    } else if (inData != null && element.size() == 1) {
      object(element, path, depth);
    }
  }

  private void leaf(JsonNode value, String path, int depth) throws MalformedRecordException {
    hasPayload |= path.equals("payload");
    String text = value.asText();
    String inData = CollectorNames.inData(path);
    if (value.isTextual() && mayHoldData(path, inData) && holdsData(text, path, depth)) {
      return;
    }
    if (inData != null && !inData.isEmpty()) {
      hasData = true;
      add(CollectorNames.data(inData), text);
      return;
    }
    Header header = CollectorNames.header(path);
    hasHostname |= path.equals("hostname");
    if (header == Header.ZONED_TIME) {
      times.putIfAbsent(path, value);
    } else if (header != null) {
      headers.putIfAbsent(header, value);
    }
    Field field = depth <= DEEPEST_LOOSE ? CollectorNames.data(path) : null;
    if (field != null) {
      loose.add(new Loose(field, text));
    }
  }

  private static boolean mayHoldData(String path, @Nullable String inData) {
    return (inData != null && inData.isEmpty())
        || path.endsWith("payload")
        || path.endsWith("data")
        || path.endsWith("parameterxml")
        || path.endsWith("properties");
  }

  /** Reads values that are JSON or XML text; false if the text is neither. */
  private boolean holdsData(String text, String path, int depth) throws MalformedRecordException {
    String stripped = text.strip();
    if (stripped.startsWith("{")) {
      JsonNode inner = JsonTrees.readInner(stripped);
      if (inner == null) {
        return false;
      }
      object(inner, path, depth + 1);
      return true;
    }
    if (stripped.startsWith("<Param>")) {
      positional.addAll(XmlRecords.readTexts(stripped));
      return true;
    }
    if (stripped.startsWith("<") && stripped.contains("<Data")) {
      XmlRecords.readEventData(stripped, values);
      hasData = true;
      return true;
    }
    return false;
  }

  private void add(@Nullable Field field, String text) {
    if (field != null && !text.isEmpty()) {
      values.add(field, isDoubled ? Doubled.undone(text) : text);
    }
  }

  /** Adds what has been found to the fields; false if it is not a Windows event. */
  private boolean addFields(JsonNode object) {
    JsonNode id = headers.get(Header.EVENT_ID);
    if (id == null) {
      id = idOfGetWinEvent(object);
    }
    if (id == null || !isWindowsEvent()) {
      return false;
    }
    values.add(
        Field.SYSTEM_EVENT_ID, id.isIntegralNumber() ? (Object) id.longValue() : id.asText());
    addHeader(
        headers.containsKey(Header.PROVIDER) ? Header.PROVIDER : Header.SOURCE, Field.PROVIDER);
    addHeader(Header.CHANNEL, Field.CHANNEL);
    addHeader(Header.COMPUTER, Field.COMPUTER);
    addHeader(Header.RECORD_ID, Field.RECORD_ID);
    addHeader(Header.PROCESS_ID, Field.LOGGING_PROCESS_ID);
    addHeader(Header.USER_ID, Field.USER_ID);
    addHeader(Header.MESSAGE, Field.MESSAGE);
    Instant time = time();
    if (time != null) {
      values.add(Field.SYSTEM_TIME, time);
    }
    addData();
    return true;
  }

  /** PowerShell's {@code Get-WinEvent} has {@code Id} beside its other names. */
  private @Nullable JsonNode idOfGetWinEvent(JsonNode object) {
    return headers.containsKey(Header.PROVIDER) && headers.containsKey(Header.CHANNEL)
        ? object.get("Id")
        : null;
  }

  private boolean isWindowsEvent() {
    return hasData
        || !positional.isEmpty()
        || headers.containsKey(Header.PROVIDER)
        || headers.containsKey(Header.CHANNEL)
        || isProvider(headers.get(Header.SOURCE))
        || loose.stream().anyMatch(value -> value.field == Field.UTC_TIME);
  }

  private static boolean isProvider(@Nullable JsonNode source) {
    return source != null && source.asText().startsWith("Microsoft");
  }

  private void addHeader(Header header, Field field) {
    JsonNode value = headers.get(header);
    if (value != null && !value.asText().isEmpty()) {
      values.add(field, value.asText());
    }
  }

  private @Nullable Instant time() {
    JsonNode utc = headers.get(Header.UTC_TIME);
    if (utc != null) {
      Instant time = CollectorTimes.utc(utc);
      if (time != null) {
        return time;
      }
    }
    return times.entrySet().stream()
        .filter(entry -> isTrusted(entry.getKey()))
        .sorted(Comparator.comparingInt(entry -> CollectorNames.rankOfTime(entry.getKey())))
        .map(this::zonedTime)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private @Nullable Instant zonedTime(Map.Entry<String, JsonNode> time) {
    return hasPayload && time.getKey().equals("timecreated")
        ? CollectorTimes.utc(time.getValue())
        : CollectorTimes.zoned(time.getValue(), zone);
  }

  /** Beside NXLog's names these are often local times that are marked as UTC. */
  private boolean isTrusted(String time) {
    return !hasHostname || !(time.equals("timecreated") || time.equals("timestamp"));
  }

  private void addData() {
    Long id = values.firstInteger(Field.SYSTEM_EVENT_ID);
    int eventId = id == null || id < 0 || id > Integer.MAX_VALUE ? -1 : id.intValue();
    String message = values.first(Field.MESSAGE);
    if (hasData) {
      return;
    }
    if (!positional.isEmpty()) {
      String names = values.first(Field.PROVIDER) + "/" + values.first(Field.CHANNEL);
      PositionalData.add(eventId, names.contains("Sysmon"), positional, values);
    } else if (message != null && isBare()) {
      isFromText = true;
      RenderedMessage.read(message, values);
    } else {
      loose.forEach(this::addLoose);
    }
  }

  private void addLoose(Loose value) {
    if (!values.has(value.field)) {
      add(value.field, value.text);
    }
  }

  /** Whether there are no values but perhaps those that headers and data have in common. */
  private boolean isBare() {
    return loose.stream()
        .allMatch(
            value ->
                switch (value.field) {
                  case USER, EVENT_TYPE, PROCESS_ID, SCRIPT_PATH -> true;
                  default -> false;
                });
  }
}
