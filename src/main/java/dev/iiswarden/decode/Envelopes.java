package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records that a document holds, whatever collectors and exports have put around them: an
 * object, an array, or text that is JSON, XML or a line of syslog. Objects and arrays are opened
 * under any name, text only under names that are meant for records, because an intruder chooses the
 * text of other fields.
 */
final class Envelopes {
  /** Deeper than any pipeline nests. */
  private static final int DEEPEST = 12;

  /** The names, by their letters, under which text may be a record. */
  private static final Set<String> TEXTS =
      Set.of(
          "message",
          "msg",
          "log",
          "body",
          "event",
          "raw",
          "rawstring",
          "rawlog",
          "rawmsg",
          "rawxml",
          "rawevent",
          "rawdata",
          "original",
          "eventoriginal",
          "originalmessage",
          "fullmessage",
          "shortmessage",
          "fulllog",
          "line",
          "content",
          "text",
          "textpayload",
          "payload",
          "value",
          "record",
          "eventxml",
          "xml",
          "xmlstring",
          "eventrecord",
          "renderedxml",
          "system",
          "data",
          "systemdata",
          "winlog",
          "eventrawxml",
          "winxml",
          "winlogxml",
          "document",
          "doc",
          "entry",
          "stringvalue",
          "originalevent",
          "zoriginalmessage",
          "eventoriginalmessage",
          "zmessage",
          "eventmessage",
          "input",
          "output",
          "logmessage",
          "logline",
          "logentry");

  private static final Set<String> BULK_ACTIONS = Set.of("index", "create", "update", "delete");

  private final KnownShapes known;
  private final @Nullable ZoneId zone;
  private final TextRecords texts;

  Envelopes(KnownShapes known, @Nullable ZoneId zone) {
    this.known = known;
    this.zone = zone;
    texts = new TextRecords(this, zone);
  }

  /**
   * Returns what the records in a text decode to; null if none is recognised.
   *
   * @throws MalformedRecordException if a record in it is damaged, or nested too deeply
   */
  @Nullable Decoded inText(String text, long line) throws MalformedRecordException {
    return texts.decode(text, Surroundings.NONE, 0, line);
  }

  /** Returns what the records in a document decode to; null if none is recognised. */
  @Nullable Decoded inDocument(JsonNode document, long line) throws MalformedRecordException {
    return open(document, Surroundings.NONE, 0, line);
  }

  @Nullable Decoded open(JsonNode node, Surroundings around, int depth, long line)
      throws MalformedRecordException {
    if (depth > DEEPEST) {
      throw new MalformedRecordException("records nested deeper than " + DEEPEST);
    }
    JsonNode plain = OtlpValues.plain(node);
    if (plain.isArray()) {
      JsonNode pairs = TableRows.ofPairs(plain);
      return pairs == null ? array(plain, around, depth, line) : object(pairs, around, depth, line);
    }
    return plain.isObject() ? object(plain, around, depth, line) : null;
  }

  private @Nullable Decoded array(JsonNode array, Surroundings around, int depth, long line)
      throws MalformedRecordException {
    List<@Nullable Decoded> results = new ArrayList<>();
    boolean isRecognised = false;
    for (JsonNode element : array) {
      Decoded result =
          element.isTextual()
              ? texts.decode(element.asText(), around, depth + 1, line)
              : open(element, around, depth + 1, line);
      isRecognised |= result != null;
      results.add(result);
    }
    if (!isRecognised) {
      return null;
    }
    return Decoded.ofRecords(
        results.stream()
            .map(result -> result == null ? ShapeDecoder.unrecognised(line) : result)
            .toList());
  }

  private @Nullable Decoded object(JsonNode object, Surroundings around, int depth, long line)
      throws MalformedRecordException {
    // The record's own time in the given zone comes before the time around it.
    Surroundings hostOnly = zone == null ? around : new Surroundings(around.host(), null);
    Reading own = known.read(object, hostOnly, line);
    if (own != null && own.isSettled()) {
      return own.decoded();
    }
    Surroundings inside = around.inside(object, zone);
    Reading collected = collected(object, new Surroundings(inside.host(), around.time()), line);
    if (collected != null) {
      own = own == null ? collected : own.orBetter(collected);
    }
    if (own != null && own.isSettled()) {
      return own.decoded();
    }
    Decoded inner = inside(object, inside, depth, line);
    if (own != null && own.decoded().outcome() == Outcome.NO_TIME) {
      own = known.read(object, around, line);
    }
    if (own == null) {
      return inner == null && isBulkAction(object) ? Decoded.nothing() : inner;
    }
    return inner == null ? own.decoded() : own.orBetter(Reading.of(inner)).decoded();
  }

  private @Nullable Reading collected(JsonNode object, Surroundings around, long line)
      throws MalformedRecordException {
    CollectorRecord record = CollectorRecord.read(object, zone);
    if (record == null) {
      return null;
    }
    around.complete(record.values());
    Reading reading = KnownShapes.read(record.values(), Shape.COLLECTOR, line);
    return record.isFromText() ? new Reading(reading.decoded(), false) : reading;
  }

  /** Returns the first member that is a record or holds some. */
  private @Nullable Decoded inside(JsonNode object, Surroundings inside, int depth, long line)
      throws MalformedRecordException {
    if (TableRows.isTable(object)) {
      return array(TableRows.of(object), inside, depth, line);
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode value = OtlpValues.plain(member.getValue());
      Decoded result = null;
      if (value.isContainerNode()) {
        result = open(value, inside, depth + 1, line);
      } else if (value.isTextual() && mayBeRecord(CollectorNames.letters(member.getKey()))) {
        result = texts.decode(value.asText(), inside, depth + 1, line);
      }
      if (result != null) {
        return result;
      }
    }
    return null;
  }

  private static boolean mayBeRecord(String name) {
    return TEXTS.contains(name) || name.endsWith("xml") || name.endsWith("raw");
  }

  /** The line before each document in the format of Elasticsearch's bulk API. */
  private static boolean isBulkAction(JsonNode object) {
    if (object.size() != 1) {
      return false;
    }
    String action = object.fieldNames().next();
    JsonNode target = object.get(action);
    return BULK_ACTIONS.contains(action)
        && target.isObject()
        && target.properties().stream().allMatch(member -> member.getValue().isValueNode());
  }
}
