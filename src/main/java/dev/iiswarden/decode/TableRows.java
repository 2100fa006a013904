package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables as query interfaces return them: names of columns and rows of values ("Azure Monitor
 * Log Analytics API", Microsoft, "Response format": {@code columns} and {@code rows}).
 */
final class TableRows {
  private TableRows() {}

  static boolean isTable(JsonNode object) {
    return object.path("columns").isArray() && object.path("rows").isArray();
  }

  /** Returns the rows as objects. */
  static ArrayNode of(JsonNode table) {
    ArrayNode objects = JsonNodeFactory.instance.arrayNode();
    for (JsonNode row : table.path("rows")) {
      objects.add(row.isArray() ? object(table.path("columns"), row) : row);
    }
    return objects;
  }

  /**
   * Returns the object that an array of {@code field} and {@code value} stands for, as in the
   * results of Amazon CloudWatch Logs Insights ("GetQueryResults", {@code ResultField}); null if it
   * is none.
   */
  static @Nullable ObjectNode ofPairs(JsonNode array) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (JsonNode pair : array) {
      if (!pair.path("field").isTextual() || !pair.path("value").isValueNode()) {
        return null;
      }
      object.set(pair.path("field").asText(), pair.path("value"));
    }
    return object.isEmpty() ? null : object;
  }

  private static ObjectNode object(JsonNode columns, JsonNode row) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < row.size() && i < columns.size(); i++) {
      JsonNode name = columns.get(i).isObject() ? columns.get(i).path("name") : columns.get(i);
      object.set(name.isMissingNode() ? "" : name.asText(), row.get(i));
    }
    object.remove("");
    return object;
  }
}
