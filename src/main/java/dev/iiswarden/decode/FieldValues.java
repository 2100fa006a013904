package dev.iiswarden.decode;

import dev.iiswarden.event.LogRecordId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The field values of one record. A value is a {@code String}, a {@code Long}, or, from a parsed
 * document, an {@code Instant}. A missing field, null and an empty array are the same.
 *
 * <p>For a JSON record some values are stored as positions and read on first use. One thread fills
 * an instance, which does not change afterwards, so any thread may read it.
 */
@SuppressWarnings("EnumOrdinal") // an EnumMap for each record would take a tenth of decoding it
final class FieldValues {
  private static final byte[] NO_RECORD = {};
  private static final int FIELDS = Field.values().length;

  private final byte[] json;

  /** The entry of a field is a value, a {@link Place}, a {@link Several} of either, or null. */
  private final @Nullable Object[] values = new @Nullable Object[FIELDS];

  private boolean ofNoInterest;

  /** Creates an instance for values that are added as they are. */
  FieldValues() {
    this(NO_RECORD);
  }

  /** Creates an instance for a JSON record, which must not change from now on. */
  FieldValues(byte[] json) {
    this.json = json;
  }

  /** Adds a value. A field that occurs twice, for instance dotted and nested, keeps both values. */
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

  /** Adds a value by the position in the record where it begins. */
  void addPlace(Field field, int place) {
    add(field, new Place(place));
  }

  /** Marks the record as irrelevant to every rule, whatever else it holds. */
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

  /** Returns the only value, or null if there is none or more than one. */
  @Nullable Object only(Field field) {
    Object value = values[field.ordinal()];
    return value == null || value instanceof Several ? null : read(value);
  }

  /** Returns the first value as text, or null if there is none. */
  @Nullable String first(Field field) {
    Object value = firstValue(field);
    return value == null ? null : read(value).toString();
  }

  /** Returns the first value if it is an integer or the decimal text of one, otherwise null. */
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

  /** Returns all values as text. */
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

  /** Returns where the record stands in its Windows event log; null if it does not say so. */
  @Nullable LogRecordId logRecord() {
    String channel = first(Field.CHANNEL);
    String recordId = first(Field.RECORD_ID);
    return channel == null || channel.isEmpty() || recordId == null || recordId.isEmpty()
        ? null
        : new LogRecordId(channel, recordId);
  }

  private @Nullable Object firstValue(Field field) {
    Object value = values[field.ordinal()];
    return value instanceof Several several ? several.get(0) : value;
  }

  private Object read(Object value) {
    return value instanceof Place place ? JsonStrings.read(json, place.start) : value;
  }

  /** A value that has not been read from the record yet. */
  private record Place(int start) {}

  /** A type of its own, so that a list is never mistaken for a value. */
  private static final class Several extends ArrayList<Object> {}
}
