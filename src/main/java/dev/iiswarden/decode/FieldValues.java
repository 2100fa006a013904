package dev.iiswarden.decode;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that one record has for the fields, gathered from wherever they stand. A value is a
 * {@code String}, a {@code Long}, or an {@code Instant} from a parsed document. Missing, null and
 * an empty array are the same.
 *
 * <p>Of a JSON record some values are only noted by their place and read when they are asked for.
 * Filled by one thread, and not changed afterwards, so that any thread may read.
 */
@SuppressWarnings("EnumOrdinal") // an EnumMap for each record would take a tenth of decoding it
final class FieldValues {
  private static final byte[] NO_RECORD = {};
  private static final int FIELDS = Field.values().length;

  private final byte[] json;

  /** For each field a value, a {@link Place} of one, {@link Several} of either, or null. */
  private final @Nullable Object[] values = new @Nullable Object[FIELDS];

  private boolean ofNoInterest;

  /** Values that are all given as they are. */
  FieldValues() {
    this(NO_RECORD);
  }

  /** Values of a JSON record, which nobody may change from now on. */
  FieldValues(byte[] json) {
    this.json = json;
  }

  /** Adds a value: the same field given twice, dotted and nested, has both. */
  void add(Field field, Object value) {
    int slot = field.ordinal();
    Object present = values[slot];
    if (present == null) {
      values[slot] = value;
    } else if (present instanceof Several several) {
      several.add(value);
    } else {
      Several several = new Several();
      several.add(present);
      several.add(value);
      values[slot] = several;
    }
  }

  /** Adds a value by the place in the record where it begins. */
  void addPlace(Field field, int place) {
    add(field, new Place(place));
  }

  /** Notes that whatever else the record holds can matter to nobody. */
  void markOfNoInterest() {
    ofNoInterest = true;
  }

  boolean isOfNoInterest() {
    return ofNoInterest;
  }

  boolean has(Field field) {
    return values[field.ordinal()] != null;
  }

  boolean hasAny(Field... fields) {
    for (Field field : fields) {
      if (has(field)) {
        return true;
      }
    }
    return false;
  }

  /** The only value, or null if there is none or more than one. */
  @Nullable Object only(Field field) {
    Object value = values[field.ordinal()];
    return value == null || value instanceof Several ? null : read(value);
  }

  /** The first value, as text. */
  @Nullable String first(Field field) {
    Object value = firstValue(field);
    return value == null ? null : read(value).toString();
  }

  /** The first value, if it is an integer or the decimal text of one. */
  @Nullable Long firstInteger(Field field) {
    Object value = firstValue(field);
    Object read = value == null ? null : read(value);
    if (read == null || read instanceof Long) {
      return (Long) read;
    }
    String text = read.toString();
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
    Object value = values[field.ordinal()];
    if (value == null) {
      return List.of();
    }
    if (value instanceof Several several) {
      List<String> texts = new ArrayList<>(several.size());
      for (Object each : several) {
        texts.add(read(each).toString());
      }
      return texts;
    }
    return List.of(read(value).toString());
  }

  private @Nullable Object firstValue(Field field) {
    Object value = values[field.ordinal()];
    return value instanceof Several several ? several.get(0) : value;
  }

  private Object read(Object value) {
    return value instanceof Place place ? JsonStrings.read(json, place.start) : value;
  }

  /** A value that is still to be read from the record. */
  private record Place(int start) {}

  /** A type of its own, so that a list is never taken for a value. */
  private static final class Several extends ArrayList<Object> {}
}
