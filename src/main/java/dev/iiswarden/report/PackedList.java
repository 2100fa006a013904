package dev.iiswarden.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A growing part of a page's data that the page unpacks separately: values as JSON, with their
 * total length, so that the part can be closed before it gets too large to unpack at once.
 */
final class PackedList {
  private static final int MOST_CHARACTERS = 4_000_000;

  private final List<String> values = new ArrayList<>();
  private long characters;

  int size() {
    return values.size();
  }

  void add(Object value) {
    String json = PackedJson.json(value);
    values.add(json);
    characters += json.length();
  }

  boolean isLong() {
    return characters > MOST_CHARACTERS;
  }

  /** The values as a JSON array. */
  String json() {
    return "[" + String.join(",", values) + "]";
  }
}
