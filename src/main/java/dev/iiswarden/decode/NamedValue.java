package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value with its name, as programs that turn XML into JSON write {@code <Data Name='a'>b</Data>}:
 * {@code {"@Name": "a", "#text": "b"}} and the like.
 *
 * @param name the name; null if the value has none
 */
record NamedValue(@Nullable String name, JsonNode value) {
  private static final List<String> NAMES =
      List.of("@Name", "Name", "name", "_Name", "-Name", "Key", "key", "@name", "field", "$Name");
  private static final List<String> VALUES =
      List.of(
          "#text",
          "Value",
          "value",
          "text",
          "Text",
          "content",
          "_",
          "$",
          "$t",
          "$text",
          "@value",
          "_text",
          "#content",
          "Data",
          "_value",
          "__text");
  private static final List<String> ATTRIBUTES =
      List.of("#attributes", "@attributes", "$", "_attributes", "attributes");

  /** Returns the pair that an object is, or null. */
  static @Nullable NamedValue of(JsonNode object) {
    String name = name(object);
    JsonNode value = first(object, VALUES);
    if (name != null) {
      boolean isOnly = object.size() <= 4;
      return isOnly
          ? new NamedValue(name, value.isMissingNode() ? NullNode.instance : value)
          : null;
    }
    return object.size() == 1 && value.isValueNode() && !value.isMissingNode()
        ? new NamedValue(null, value)
        : null;
  }

  private static @Nullable String name(JsonNode object) {
    JsonNode name = first(object, NAMES);
    for (String attributes : ATTRIBUTES) {
      if (!name.isValueNode() || name.isMissingNode()) {
        name = first(object.path(attributes), NAMES);
      }
    }
    return name.isTextual() ? name.asText() : null;
  }

  private static JsonNode first(JsonNode object, List<String> names) {
    for (String name : names) {
      JsonNode found = object.get(name);
      if (found != null) {
        return found;
      }
    }
    return MissingNode.getInstance();
  }
}
