package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Measures the text in facts, which accounts for nearly all of their memory. */
final class TextSize {
  private TextSize() {}

  /** Whether any of these facts has more characters in all its fields together. */
  static boolean exceeds(int most, List<Event> facts) {
    for (Event fact : facts) {
      if (of(fact.toMap()) > most) {
        return true;
      }
    }
    return false;
  }

  private static long of(Object value) {
    if (value instanceof CharSequence text) {
      return text.length();
    }
    Collection<?> parts =
        value instanceof Map<?, ?> map
            ? map.values()
            : value instanceof Collection<?> collection ? collection : List.of();
    long characters = 0;
    for (Object part : parts) {
      characters += of(part);
    }
    return characters;
  }
}
