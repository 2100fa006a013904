package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.read.LogReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records of one or several shapes. The first character of a record distinguishes XML, JSON
 * and Splunk's text; the fields of a JSON record determine its shape.
 */
final class ShapeDecoder implements EventDecoder {
  private static final byte[] EVENT = "<Event".getBytes(StandardCharsets.US_ASCII);

  private final String name;
  private final Set<Shape> shapes;
  private final JsonRecords json;
  private final @Nullable Shape onlyJsonShape;
  private final @Nullable ZoneId zone;

  /** What looks for records of other shapes and in other wrappings; null if only one is read. */
  private final @Nullable Envelopes envelopes;

  /**
   * Creates a decoder.
   *
   * @param zone the time zone of dates in Splunk's text; null if unknown
   */
  ShapeDecoder(String name, Set<Shape> shapes, @Nullable ZoneId zone) {
    this(name, shapes, zone, RecordTemplates.MOST_TEMPLATES);
  }

  /** Creates a decoder that reads by difference from at most so many templates. */
  ShapeDecoder(String name, Set<Shape> shapes, @Nullable ZoneId zone, int mostTemplates) {
    this.name = name;
    this.shapes = Set.copyOf(shapes);
    this.zone = zone;
    json = new JsonRecords(shapes, mostTemplates);
    Shape[] jsonShapes = shapes.stream().filter(Shape::isJson).toArray(Shape[]::new);
    onlyJsonShape = jsonShapes.length == 1 ? jsonShapes[0] : null;
    envelopes =
        shapes.contains(Shape.COLLECTOR) ? new Envelopes(new KnownShapes(json), zone) : null;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Decoded decode(byte[] utf8, int offset, int length, long line) {
    return decode(utf8, offset, length, line, false);
  }

  @Override
  public Decoded decode(byte[] utf8) {
    return decode(utf8, 0, utf8.length, 0, true);
  }

  @Override
  public Decoded decode(String text) {
    return decode(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Decodes a record.
   *
   * @param kept whether the caller leaves the array unchanged, so that facts may read from it later
   */
  private Decoded decode(byte[] utf8, int offset, int length, long line, boolean kept) {
    Decoded decoded = read(utf8, offset, length, line, kept);
    return decoded.malformed().isEmpty()
        ? decoded
        : decoded.withText(() -> new String(utf8, offset, length, StandardCharsets.UTF_8));
  }

  private Decoded read(byte[] utf8, int offset, int length, long line, boolean kept) {
    if (length > LogReader.LONGEST_RECORD) {
      return Decoded.malformed("longer than " + (LogReader.LONGEST_RECORD >> 20) + " MiB", line, 0);
    }
    int start = offset;
    int end = offset + length;
    while (start < end && isBlank(utf8[start])) {
      start++;
    }
    byte first = start < end ? utf8[start] : 0;
    try {
      if (first == '<' && shapes.contains(Shape.XML) && isEvent(utf8, start, end)) {
        return xml(utf8, start, end, line);
      }
      if (shapes.contains(Shape.SPLUNK) && SplunkRecords.isLikely(utf8, start, end - start)) {
        FieldValues values = SplunkRecords.read(utf8, start, end - start, zone);
        return KnownShapes.read(values, Shape.SPLUNK, line).decoded();
      }
      if (envelopes != null && first != '{') {
        return text(utf8, start, end, line);
      }
      // Fields are read from the copy after this method has returned.
      byte[] record = kept ? utf8 : Arrays.copyOfRange(utf8, offset, end);
      return json(record, line);
    } catch (MalformedRecordException e) {
      return e.onLine(line);
    }
  }

  /** Whether an element is an event, or must be because the decoder reads nothing else. */
  private boolean isEvent(byte[] utf8, int start, int end) {
    return envelopes == null
        || Arrays.equals(utf8, start, Math.min(end, start + EVENT.length), EVENT, 0, EVENT.length);
  }

  private Decoded xml(byte[] utf8, int start, int end, long line) throws MalformedRecordException {
    FieldValues values = XmlRecords.read(utf8, start, end - start);
    if (envelopes != null && !values.has(Field.SYSTEM_EVENT_ID)) {
      String text = new String(utf8, start, end - start, StandardCharsets.UTF_8);
      Decoded flat = envelopes.inDocument(XmlRecords.readFlat(text), line);
      return flat == null ? unrecognised(line) : flat;
    }
    return KnownShapes.read(values, Shape.XML, line).decoded();
  }

  private Decoded json(byte[] record, long line) throws MalformedRecordException {
    FieldValues values;
    try {
      values = json.read(record);
    } catch (MalformedRecordException e) {
      // Several documents on one line are not a damaged one.
      Decoded several = envelopes == null ? null : severalDocuments(record, line);
      if (several == null) {
        throw e;
      }
      return several;
    }
    Reading reading = KnownShapes.read(values, shape(values), line);
    if (envelopes == null
        || reading.isSettled()
        || (zone == null && KnownShapes.lacksOnlyTime(values, reading))) {
      return reading.decoded();
    }
    return orOpened(JsonTrees.read(record, 0, record.length).get(0), values, reading, line);
  }

  private Shape shape(FieldValues values) {
    return onlyJsonShape == null ? Shape.ofJson(values) : onlyJsonShape;
  }

  /** Returns what a closer look at a document finds, which the first reading has not settled. */
  private Decoded orOpened(JsonNode document, FieldValues values, Reading reading, long line)
      throws MalformedRecordException {
    Decoded opened = envelopes == null ? null : envelopes.inDocument(document, line);
    if (opened != null) {
      return opened;
    }
    return KnownShapes.isRecognised(values) ? reading.decoded() : unrecognised(line);
  }

  private @Nullable Decoded severalDocuments(byte[] record, long line)
      throws MalformedRecordException {
    List<JsonNode> documents;
    try {
      documents = JsonTrees.readSeveral(record);
    } catch (MalformedRecordException e) {
      return null;
    }
    if (documents.size() < 2 || !documents.stream().allMatch(JsonNode::isObject)) {
      return null;
    }
    List<Decoded> results = new ArrayList<>();
    for (JsonNode document : documents) {
      results.add(decode(document, line));
    }
    return Decoded.ofRecords(results);
  }

  private Decoded text(byte[] utf8, int start, int end, long line) throws MalformedRecordException {
    String text = new String(utf8, start, end - start, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      throw new MalformedRecordException("the record is blank");
    }
    if (text.charAt(0) == '[') {
      return array(utf8, start, end, line);
    }
    Decoded decoded = envelopes == null ? null : envelopes.inText(text, line);
    return decoded == null ? unrecognised(line) : decoded;
  }

  private Decoded array(byte[] utf8, int start, int end, long line)
      throws MalformedRecordException {
    List<Decoded> results = new ArrayList<>();
    for (JsonNode element : JsonTrees.read(utf8, start, end - start)) {
      results.add(element(element, line));
    }
    return Decoded.ofRecords(results);
  }

  private Decoded element(JsonNode element, long line) throws MalformedRecordException {
    if (element.isObject()) {
      return decode(element, line);
    }
    Decoded inText =
        envelopes != null && element.isTextual() ? envelopes.inText(element.asText(), line) : null;
    return inText == null ? unrecognised(line) : inText;
  }

  @Override
  public Decoded decode(Map<String, ?> document) {
    try {
      FieldValues values = json.read(document);
      Reading reading = KnownShapes.read(values, shape(values), 0);
      return envelopes == null || reading.isSettled()
          ? reading.decoded()
          : orOpened(JsonTrees.of(document), values, reading, 0);
    } catch (MalformedRecordException e) {
      return e.onLine(0);
    }
  }

  @Override
  public Decoded decode(JsonNode document) {
    return decode(document, 0);
  }

  private Decoded decode(JsonNode document, long line) {
    try {
      FieldValues values = json.read(document);
      Reading reading = KnownShapes.read(values, shape(values), line);
      return envelopes == null || reading.isSettled()
          ? reading.decoded()
          : orOpened(document, values, reading, line);
    } catch (MalformedRecordException e) {
      return e.onLine(line);
    }
  }

  static Decoded unrecognised(long line) {
    return Decoded.unrecognised(
        "the shape of the record is not known: it has no Windows event, ECS category or EDR table"
            + " where any shape has it",
        line);
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
