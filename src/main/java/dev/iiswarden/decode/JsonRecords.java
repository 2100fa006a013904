package dev.iiswarden.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.read.LogReader;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON record. The whole record is always checked, by a parser or by
 * comparison with an earlier one, so a broken record is never mistaken for an irrelevant one. Most
 * values are kept as they stand in the record, and unescaped on first use. Safe for use by several
 * threads.
 */
final class JsonRecords {
  private static final Pattern START_MARKER =
      Pattern.compile("\\s*\\(start marker at [^)]*\\([^)]*\\)[^)]*\\)");

  /** The nesting depth to which the fields of a record are followed. */
  private static final int DEEPEST = 64;

  /** Deeper than any event nests; deeper records are malicious. */
  private static final int DEEPEST_VALID = 500;

  private static final int LONGEST_NUMBER = 1000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST_VALID)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(LogReader.LONGEST_RECORD)
                  .build())
          .build();

  private static final FieldTree EVENT_DATA = FieldTree.ofEventData();

  private final FieldTree fields;
  private final TemplatePool templates;

  /**
   * Creates a reader.
   *
   * @param mostTemplates how many templates each thread has: see {@link RecordTemplates}
   */
  JsonRecords(Set<Shape> shapes, int mostTemplates) {
    fields = FieldTree.of(shapes);
    templates = new TemplatePool(new PlainJson(fields), mostTemplates);
  }

  /**
   * Reads a record.
   *
   * @param record the text, which must not change from now on
   */
  FieldValues read(byte[] record) throws MalformedRecordException {
    FieldValues plain = templates.read(record);
    if (plain != null) {
      return withEventData(plain);
    }
    return readWithJackson(record);
  }

  /** Reads any JSON record, or reports what is wrong with it. */
  FieldValues readWithJackson(byte[] record) throws MalformedRecordException {
    FieldValues values = new FieldValues(record);
    try (JsonParser parser = JSON.createParser(record)) {
      readWhole(parser, fields, values, false);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new MalformedRecordException("not readable as UTF-8 JSON: " + e.getMessage());
    }
    return withEventData(values);
  }

  /** The factory of parsers with the limits for records. */
  static JsonFactory factory() {
    return JSON;
  }

  static MalformedRecordException malformed(JsonProcessingException e) {
    int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
    return new MalformedRecordException("not valid JSON: " + messageOf(e), column);
  }

  /** Returns Jackson's message without its name for the input, which carries no information. */
  private static String messageOf(JsonProcessingException e) {
    return START_MARKER.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
  }

  private static void readWhole(
      JsonParser parser, FieldTree fields, FieldValues values, boolean inside)
      throws IOException, MalformedRecordException {
    JsonToken token = parser.nextToken();
    if (token != JsonToken.START_OBJECT) {
      throw new MalformedRecordException(
          token == null
              ? "the record is blank"
              : token == JsonToken.START_ARRAY && !inside
                  ? "a JSON array, not one event; use jq -c '.[]' to write one event per line"
                  : "not a JSON object");
    }
    readObject(parser, fields, values, 0, inside);
    if (parser.nextToken() != null) {
      throw new MalformedRecordException(
          "more text after the JSON object", parser.currentTokenLocation().getColumnNr());
    }
  }

  /** Azure passes the event's data as text: JSON in most tables, XML in one. */
  private static FieldValues withEventData(FieldValues values) throws MalformedRecordException {
    if (values.only(Field.EVENT_DATA) == null || values.isOfNoInterest()) {
      return values;
    }
    String text = values.first(Field.EVENT_DATA);
    if (text == null || text.isBlank()) {
      return values;
    }
    FieldValues all = new FieldValues(values);
    if (text.charAt(0) == '<') {
      XmlRecords.readEventData(text, all);
      return all;
    }
    try (JsonParser parser = JSON.createParser(text)) {
      readWhole(parser, EVENT_DATA, all, true);
      return all;
    } catch (IOException e) {
      String what = e instanceof JsonProcessingException json ? messageOf(json) : "" + e;
      throw new MalformedRecordException("EventData is not valid JSON: " + what);
    } catch (MalformedRecordException e) {
      throw new MalformedRecordException("EventData: " + e.getMessage());
    }
  }

  /**
   * Reads an object from its start to its end.
   *
   * @param inside whether this JSON is inside a string of the record, so that positions are
   *     meaningless
   */
  private static void readObject(
      JsonParser parser, FieldTree at, FieldValues values, int depth, boolean inside)
      throws IOException {
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      FieldTree found = at.get(key);
      JsonToken token = parser.nextToken();
      if (found != null) {
        readValue(parser, token, found, values, depth + 1, inside);
        if (values.isOfNoInterest()) {
          skipRest(parser);
          return;
        }
      } else if (token.isStructStart()) {
        parser.skipChildren();
      }
    }
  }

  private static void readValue(
      JsonParser parser,
      JsonToken token,
      FieldTree at,
      FieldValues values,
      int depth,
      boolean inside)
      throws IOException {
    if (token.isStructStart()) {
      readChildren(parser, token, at, values, depth, inside);
      return;
    }
    Field field = at.field();
    if (field == null || token == JsonToken.VALUE_NULL) {
      return;
    }
    if (token != JsonToken.VALUE_STRING) {
      values.add(field, numberOrBoolean(parser, token));
    } else if (field.isReadAtOnce() || inside) {
      values.add(field, parser.getText());
    } else {
      values.addPlace(field, (int) parser.currentTokenLocation().getByteOffset());
    }
    WindowsMapping.noteInterest(values, field);
  }

  /**
   * Returns a {@code Long} for an integer that fits, otherwise the JSON text, also for minus zero.
   */
  private static Object numberOrBoolean(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long integer = parser.getLongValue();
      if (integer != 0 || !parser.getText().equals("-0")) {
        return integer;
      }
    }
    return parser.getText();
  }

  private static void readChildren(
      JsonParser parser,
      JsonToken token,
      FieldTree at,
      FieldValues values,
      int depth,
      boolean inside)
      throws IOException {
    if (depth > DEEPEST) {
      parser.skipChildren();
    } else if (token == JsonToken.START_OBJECT) {
      readObject(parser, at, values, depth, inside);
    } else {
      for (JsonToken element = parser.nextToken();
          element != JsonToken.END_ARRAY;
          element = parser.nextToken()) {
        readValue(parser, element, at, values, depth + 1, inside);
      }
    }
  }

  /**
   * Skips to the end of the object. The rest is irrelevant to all rules but must be well formed.
   */
  private static void skipRest(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      parser.skipChildren();
    }
  }

  /** Reads a parsed record. */
  FieldValues read(JsonNode document) throws MalformedRecordException {
    if (!document.isObject()) {
      throw new MalformedRecordException("not a JSON object");
    }
    FieldValues values = new FieldValues();
    addNode(document, fields, values, 0);
    return withEventData(values);
  }

  private static void addNode(JsonNode node, FieldTree at, FieldValues values, int depth) {
    if (node.isContainerNode() && depth > DEEPEST) {
      return;
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        FieldTree found = at.get(member.getKey());
        if (found != null) {
          addNode(member.getValue(), found, values, depth + 1);
        }
      }
    } else if (node.isArray()) {
      for (JsonNode element : node) {
        addNode(element, at, values, depth + 1);
      }
    } else if (node.isValueNode() && !node.isNull()) {
      Field field = at.field();
      if (field != null) {
        boolean asNumber = node.isIntegralNumber() && node.canConvertToLong();
        values.add(field, asNumber ? (Object) node.longValue() : node.asText());
      }
    }
  }

  /** Reads a parsed record. */
  FieldValues read(Map<String, ?> document) throws MalformedRecordException {
    FieldValues values = new FieldValues();
    addObject(document, fields, values, 0);
    return withEventData(values);
  }

  private static void addObject(
      @Nullable Object value, FieldTree at, FieldValues values, int depth) {
    if (value instanceof Map<?, ?> map) {
      if (depth > DEEPEST) {
        return;
      }
      for (Map.Entry<?, ?> member : map.entrySet()) {
        FieldTree found = at.get(String.valueOf(member.getKey()));
        if (found != null) {
          addObject(member.getValue(), found, values, depth + 1);
        }
      }
    } else if (value instanceof Iterable<?> elements) {
      if (depth > DEEPEST) {
        return;
      }
      for (Object element : elements) {
        addObject(element, at, values, depth + 1);
      }
    } else if (value instanceof Object[] elements) {
      addObject(Arrays.asList(elements), at, values, depth);
    } else if (value != null) {
      Field field = at.field();
      if (field != null) {
        values.add(field, scalar(value));
      }
    }
  }

  /** Converts a value of a Java application, which may hold numbers and dates as objects. */
  @SuppressWarnings("JavaUtilDate") // read, because applications still hold dates so
  static Object scalar(Object value) {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Date date) {
      return Instant.ofEpochMilli(date.getTime());
    }
    if (value instanceof OffsetDateTime date) {
      return date.toInstant();
    }
    if (value instanceof ZonedDateTime date) {
      return date.toInstant();
    }
    return value instanceof Instant ? value : String.valueOf(value);
  }
}
