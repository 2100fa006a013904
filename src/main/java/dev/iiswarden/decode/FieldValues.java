package dev.iiswarden.decode;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that one record has for the fields, gathered from wherever they stand. A value is a
 * {@code String}, a {@code Long} where the field keeps integers, or an {@code Instant} from a
 * parsed document. Missing, null and an empty array are the same. One record, one thread.
 */
final class FieldValues {
  /** A value, a list of several, or nothing. */
  private final Map<Field, Object> values = new EnumMap<>(Field.class);

  /** Adds a value: the same field given twice, dotted and nested, has both. */
  void add(Field field, Object value) {
    Object present = values.get(field);
    if (present == null) {
      values.put(field, value);
    } else if (present instanceof Several several) {
      several.add(value);
    } else {
      Several several = new Several();
      several.add(present);
      several.add(value);
      values.put(field, several);
    }
  }

  boolean has(Field field) {
    return values.containsKey(field);
  }

  /** The only value, or null if there is none or more than one. */
  @Nullable Object only(Field field) {
    Object value = values.get(field);
    return value instanceof Several ? null : value;
  }

  /** The first value, as text. */
  @Nullable String first(Field field) {
    Object value = values.get(field);
    if (value instanceof Several several) {
      value = several.get(0);
    }
    return value == null ? null : value.toString();
  }

  /** The first value, if it is an integer or the decimal text of one. */
  @Nullable Long firstInteger(Field field) {
    Object value = values.get(field);
    if (value instanceof Several several) {
      value = several.get(0);
    }
    if (value == null || value instanceof Long) {
      return (Long) value;
    }
    String text = value.toString();
    if (text.isEmpty() || text.length() > 19) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** All values, as text. */
  List<String> all(Field field) {
    Object value = values.get(field);
    if (value == null) {
      return List.of();
    }
    if (value instanceof Several several) {
      List<String> texts = new ArrayList<>(several.size());
      for (Object each : several) {
        texts.add(each.toString());
      }
      return texts;
    }
    return List.of(value.toString());
  }

  /** A type of its own, so that a list is never taken for a value. */
  private static final class Several extends ArrayList<Object> {}
}
