package dev.iiswarden.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON as trees, within the limits of {@link JsonRecords}. */
final class JsonTrees {
  private static final ObjectReader READER =
      new ObjectMapper(JsonRecords.factory()).readerFor(JsonNode.class);

  private JsonTrees() {}

  /**
   * Reads all values of a text, one after the other, and the elements of an array as values.
   *
   * @throws MalformedRecordException if the text is not JSON
   */
  static List<JsonNode> read(byte[] utf8, int offset, int length) throws MalformedRecordException {
    List<JsonNode> trees = new ArrayList<>(1);
    try (MappingIterator<JsonNode> values = READER.readValues(utf8, offset, length)) {
      while (values.hasNextValue()) {
        trees.add(values.nextValue());
      }
    } catch (JsonProcessingException e) {
      throw JsonRecords.malformed(e);
    } catch (IOException e) {
      throw new MalformedRecordException("not readable as UTF-8 JSON: " + e.getMessage());
    }
    return trees;
  }

  /**
   * Reads several values on one line, with or without commas between them.
   *
   * @throws MalformedRecordException if they are not JSON
   */
  static List<JsonNode> readSeveral(byte[] utf8) throws MalformedRecordException {
    try {
      return read(utf8, 0, utf8.length);
    } catch (MalformedRecordException e) {
      byte[] array = new byte[utf8.length + 2];
      System.arraycopy(utf8, 0, array, 1, utf8.length);
      array[0] = '[';
      array[array.length - 1] = ']';
      return read(array, 0, array.length);
    }
  }

  /** Reads the values at the start of a text, up to what is not JSON. */
  static List<JsonNode> readFirst(String text) {
    List<JsonNode> trees = new ArrayList<>(1);
    try (MappingIterator<JsonNode> values = READER.readValues(text)) {
      while (values.hasNextValue()) {
        trees.add(values.nextValue());
      }
    } catch (IOException e) {
      return trees;
    }
    return trees;
  }

  /** Reads JSON inside a value; null if the text is not JSON. */
  static @Nullable JsonNode readInner(String text) {
    List<JsonNode> trees = readFirst(text);
    return trees.isEmpty() ? null : trees.get(0);
  }

  /** Returns the tree of a parsed document, with dates as text. */
  static JsonNode of(@Nullable Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = nodes.objectNode();
      map.forEach((key, member) -> object.set(String.valueOf(key), of(member)));
      return object;
    }
    if (value instanceof Iterable<?> elements) {
      ArrayNode array = nodes.arrayNode();
      elements.forEach(element -> array.add(of(element)));
      return array;
    }
    if (value instanceof Object[] elements) {
      return of(Arrays.asList(elements));
    }
    Object scalar = value == null ? null : JsonRecords.scalar(value);
    return scalar == null
        ? nodes.nullNode()
        : scalar instanceof Long number
            ? nodes.numberNode(number)
            : nodes.textNode(scalar.toString());
  }
}
