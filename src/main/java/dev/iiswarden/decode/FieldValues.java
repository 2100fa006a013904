package dev.iiswarden.decode;

import dev.iiswarden.event.LogRecordId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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

  /** The number of fields that are not those of an EDR product, which come last. */
  private static final int FIELDS_OF_EVENTS =
      (int) Stream.of(Field.values()).filter(field -> !field.part().isOfProduct()).count();

  private final byte[] json;

  /** The entry of a field is a value, a {@link Place}, a {@link Several} of either, or null. */
  private @Nullable Object[] values = new @Nullable Object[FIELDS_OF_EVENTS];

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
    if (slot >= values.length) {
      // Most records are Windows events, and clearing the rest of the array would cost them time.
      values = Arrays.copyOf(values, FIELDS);
    }
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
    if (field != Field.ECS_MARK) {
      add(field, new Place(place));
    } else if (!has(field)) {
      // Only its presence counts, and most documents have several.
      add(field, true);
    }
  }

  /** Marks the record as irrelevant to every rule, whatever else it holds. */
  void markOfNoInterest() {
    ofNoInterest = true;
  }

  boolean isOfNoInterest() {
    return ofNoInterest;
  }

  private @Nullable Object value(Field field) {
    int slot = field.ordinal();
    return slot < values.length ? values[slot] : null;
  }

  boolean has(Field field) {
    return value(field) != null;
  }

  boolean hasAny(Field... fields) {
    for (Field field : fields) {
      if (has(field)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the first value is text that begins as JSON or XML does, or with an escape. */
  boolean mayHoldRecord(Field field) {
    Object value = firstValue(field);
    int first =
        value instanceof Place place
            ? json[place.start + 1]
            : value instanceof String text && !text.isEmpty() ? text.charAt(0) : 0;
    return first == '{' || first == '<' || first == '[' || first == '\\';
  }

  /** Returns the only value, or null if there is none or more than one. */
  @Nullable Object only(Field field) {
    Object value = value(field);
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
    String text = withoutZeroFraction(read.toString());
    if (text.isEmpty() || text.length() > 19) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Data frames turn a column of integers with gaps into one of floating-point numbers. */
  private static String withoutZeroFraction(String number) {
    String text = number.strip();
    int dot = text.indexOf('.');
    return dot > 0 && text.substring(dot + 1).chars().allMatch(c -> c == '0')
        ? text.substring(0, dot)
        : text;
  }

  /** Returns all values as text. */
  List<String> all(Field field) {
    Object value = value(field);
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
    Object value = value(field);
    return value instanceof Several several ? several.get(0) : value;
  }

  private Object read(Object value) {
    Object read = value instanceof Place place ? JsonStrings.read(json, place.start) : value;
    return read instanceof String text && endsInZero(text) ? withoutEnd(text) : read;
  }

  private static boolean endsInZero(String text) {
    return !text.isEmpty() && text.charAt(text.length() - 1) == 0;
  }

  /** Cuts the zeros that end a string in C. */
  private static String withoutEnd(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    return text.substring(0, end);
  }

  /** A value that has not been read from the record yet. */
  private record Place(int start) {}

  /** A type of its own, so that a list is never mistaken for a value. */
  private static final class Several extends ArrayList<Object> {}
}
