package dev.iiswarden.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a page's data that is unpacked by itself, as it grows: values as JSON, and how long
 * they are together, so that it can be closed before it gets too large to be unpacked at once.
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
