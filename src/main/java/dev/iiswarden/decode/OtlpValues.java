package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Undoes the way in which OpenTelemetry writes values as JSON ("OTLP Specification", section "JSON
 * Protobuf Encoding"; {@code opentelemetry/proto/common/v1/common.proto}, message {@code
 * AnyValue}): {@code {"stringValue": "x"}} is the value x, and a {@code kvlistValue} an object.
 */
final class OtlpValues {
  private static final Set<String> SCALARS =
      Set.of("stringValue", "intValue", "boolValue", "doubleValue", "bytesValue");

  private OtlpValues() {}

  /** Returns the value that a node stands for; the node itself if it is not in this form. */
  static JsonNode plain(JsonNode node) {
    if (!node.isObject() || node.size() != 1) {
      return node;
    }
    String name = node.fieldNames().next();
    JsonNode value = node.get(name);
    if (SCALARS.contains(name) && value.isValueNode()) {
      return value;
    }
    if (name.equals("arrayValue") && value.path("values").isArray()) {
      return value.path("values");
    }
    return name.equals("kvlistValue") && value.path("values").isArray()
        ? object(value.path("values"))
        : node;
  }

  private static ObjectNode object(JsonNode pairs) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (JsonNode pair : pairs) {
      JsonNode value = pair.get("value");
      if (pair.path("key").isTextual() && value != null) {
        object.set(pair.path("key").asText(), value);
      }
    }
    return object;
  }
}
