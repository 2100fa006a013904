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
 * A value of a YAML file that knows its line.
 *
 * @param line from 1
 * @param text of a scalar; null if it is none, or is null
 * @param fields of an object, in order; null if it is none
 * @param items of a list; null if it is none
 */
record Node(
    long line,
    @Nullable String text,
    @Nullable Map<String, Node> fields,
    @Nullable List<Node> items) {

  /** Reads the value that the parser stands on. */
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

  /** A field of an object; null if it has none of that name, or this is no object. */
  @Nullable Node get(String name) {
    return fields == null ? null : fields.get(name);
  }

  /** The items of a list, or this alone. */
  List<Node> each() {
    return items == null ? List.of(this) : items;
  }

  /** The scalars below this by their dotted names, lists of them included. */
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
