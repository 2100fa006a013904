package dev.iiswarden.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A nested document under construction that leaves out what is missing. */
final class Document {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  @SuppressWarnings("CanIgnoreReturnValueSuggester")
  Document put(String name, @Nullable Object value) {
    if (value instanceof Document nested) {
      if (!nested.fields.isEmpty()) {
        fields.put(name, nested.fields);
      }
    } else if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
      fields.put(name, value);
    }
    return this;
  }

  Map<String, Object> asMap() {
    return fields;
  }
}
