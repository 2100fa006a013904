package dev.iiswarden.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON record in one pass, noting where those stand that a mapping uses, and
 * lets the mapping make facts of them, which read their fields when they are asked for them. The
 * whole record is tokenised whatever it holds, so that a broken one is never taken for one that is
 * merely of no interest.
 */
final class JsonEventDecoder implements EventDecoder {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  /** How far a record's keys and arrays are followed into each other. */
  private static final int DEEPEST = 64;

  private final String name;
  private final FieldTree fields;
  private final Mapping mapping;

  /** From the values of one record to facts. */
  interface Mapping {
    Decoded decode(FieldValues values, long line);
  }

  JsonEventDecoder(String name, FieldTree fields, Mapping mapping) {
    this.name = name;
    this.fields = fields;
    this.mapping = mapping;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Decoded decode(byte[] utf8, int offset, int length, long line) {
    // A copy, because fields are read from it after this method has returned.
    return decodeKept(Arrays.copyOfRange(utf8, offset, offset + length), line);
  }

  @Override
  public Decoded decode(byte[] utf8) {
    return decodeKept(utf8, 0);
  }

  @Override
  public Decoded decode(String text) {
    return decodeKept(text.getBytes(StandardCharsets.UTF_8), 0);
  }

  private Decoded decodeKept(byte[] record, long line) {
    FieldValues values = new FieldValues(record);
    try (JsonParser parser = JSON.createParser(record)) {
      JsonToken token = parser.nextToken();
      if (token != JsonToken.START_OBJECT) {
        return Decoded.malformed(
            token == null ? "nothing but white space" : "not a JSON object", line, 0);
      }
      readObject(parser, fields, values, 0);
      if (parser.nextToken() != null) {
        return Decoded.malformed(
            "more text after the JSON object", line, parser.currentTokenLocation().getColumnNr());
      }
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      return Decoded.malformed("not valid JSON: " + e.getOriginalMessage(), line, column);
    } catch (IOException e) {
      return Decoded.malformed("not readable as UTF-8 JSON: " + e.getMessage(), line, 0);
    }
    return mapping.decode(values, line);
  }

  /** Reads on from the start of an object to its end. */
  private static void readObject(JsonParser parser, FieldTree at, FieldValues values, int depth)
      throws IOException {
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      FieldTree found = at.get(key);
      JsonToken token = parser.nextToken();
      if (found != null) {
        readValue(parser, token, found, values, depth + 1);
        if (found.field() == Field.EVENT_ID && SysmonMapping.isOfNoInterest(values)) {
          skipRest(parser);
          return;
        }
      } else if (token.isStructStart()) {
        parser.skipChildren();
      }
    }
  }

  private static void readValue(
      JsonParser parser, JsonToken token, FieldTree at, FieldValues values, int depth)
      throws IOException {
    if (token.isStructStart()) {
      readChildren(parser, token, at, values, depth);
    } else {
      Field field = at.field();
      if (field == null || token == JsonToken.VALUE_NULL) {
        return;
      }
      if (token != JsonToken.VALUE_STRING) {
        values.add(field, numberOrBoolean(parser, token));
      } else if (field.isReadAtOnce()) {
        values.add(field, parser.getText());
      } else {
        values.addPlace(field, (int) parser.currentTokenLocation().getByteOffset());
      }
    }
  }

  /**
   * A {@code Long} for an integer that is one; for all else, minus zero included, its JSON text.
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
      JsonParser parser, JsonToken token, FieldTree at, FieldValues values, int depth)
      throws IOException {
    if (depth > DEEPEST) {
      parser.skipChildren();
    } else if (token == JsonToken.START_OBJECT) {
      readObject(parser, at, values, depth);
    } else {
      for (JsonToken element = parser.nextToken();
          element != JsonToken.END_ARRAY;
          element = parser.nextToken()) {
        readValue(parser, element, at, values, depth + 1);
      }
    }
  }

  /** To the end of the object: what follows can matter to nobody, but must be well formed. */
  private static void skipRest(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      parser.skipChildren();
    }
  }

  @Override
  public Decoded decode(JsonNode document) {
    if (!document.isObject()) {
      return Decoded.malformed("not a JSON object", 0, 0);
    }
    FieldValues values = new FieldValues();
    addNode(document, fields, values, 0);
    return mapping.decode(values, 0);
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

  @Override
  public Decoded decode(Map<String, ?> document) {
    FieldValues values = new FieldValues();
    addObject(document, fields, values, 0);
    return mapping.decode(values, 0);
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

  /** A value as a Java application holds it: numbers and dates may come as objects of their own. */
  @SuppressWarnings("JavaUtilDate") // read, because applications still hold dates so
  private static Object scalar(Object value) {
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
