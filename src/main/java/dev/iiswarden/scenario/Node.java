package dev.iiswarden.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a YAML file with its line.
 *
 * @param line from 1
 * @param text the text of a scalar; null for other values and for YAML's null
 * @param fields the fields of an object, in order; null for other values
 * @param items the items of a list; null for other values
 */
record Node(
    long line,
    @Nullable String text,
    @Nullable Map<String, Node> fields,
    @Nullable List<Node> items) {

  /** Reads the parser's current value. */
  static Node read(JsonParser parser) throws IOException {
    long line = parser.currentTokenLocation().getLineNr();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Node> fields = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        long fieldLine = parser.currentTokenLocation().getLineNr();
        parser.nextToken();
        Node value = read(parser);
        fields.put(name, new Node(fieldLine, value.text, value.fields, value.items));
      }
      return new Node(line, null, fields, null);
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Node> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(read(parser));
      }
      return new Node(line, null, null, items);
    }
    boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
    return new Node(line, isNull ? null : parser.getText(), null, null);
  }

  /** Returns a field of an object; null if there is no such field or this is not an object. */
  @Nullable Node get(String name) {
    return fields == null ? null : fields.get(name);
  }

  /** Returns the items of a list, or only this value. */
  List<Node> each() {
    return items == null ? List.of(this) : items;
  }

  /** Returns the scalars below this value, and lists of them, by their dotted names. */
  Map<String, Node> flat() {
    Map<String, Node> flat = new LinkedHashMap<>();
    flatten("", flat);
    return flat;
  }

  private void flatten(String prefix, Map<String, Node> into) {
    if (fields == null) {
      into.put(prefix, this);
      return;
    }
    fields.forEach(
        (name, value) -> value.flatten(prefix.isEmpty() ? name : prefix + '.' + name, into));
  }
}
