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
 * <p>Some values of a record are read on first use. One thread fills an instance, which does not
 * change afterwards, so any thread may read it.
 */
@SuppressWarnings("EnumOrdinal") // an EnumMap for each record would take a tenth of decoding it
final class FieldValues {
  private static final byte[] NO_RECORD = {};
  private static final int FIELDS = Field.values().length;

  /** The number of fields that are not those of an EDR product, which come last. */
  private static final int FIELDS_OF_EVENTS =
      (int) Stream.of(Field.values()).filter(field -> !field.part().isOfProduct()).count();

  private final byte[] json;

  /**
   * The entry of a field is a value, an {@link UnreadText}, a {@link Several} of either, or null.
   */
  private @Nullable Object[] values;

  /**
   * The place of each field's entry, from 1; 0 if it has none. Null if every field has a place of
   * its own. Records of one structure share it.
   */
  private byte @Nullable [] slots;

  private boolean ofNoInterest;

  /** Creates an instance for values that are added as they are. */
  FieldValues() {
    this(NO_RECORD);
  }

  /** Creates an instance for a JSON record, which must not change from now on. */
  FieldValues(byte[] json) {
    this.json = json;
    values = new @Nullable Object[FIELDS_OF_EVENTS];
  }

  /**
   * Creates an instance for records of one structure.
   *
   * @param slots the place of each field's entry, from 1; 0 if it has none
   * @param size the number of places
   */
  FieldValues(byte[] slots, int size) {
    json = NO_RECORD;
    this.slots = slots;
    values = new @Nullable Object[size];
  }

  /** Creates an instance that begins with the values of another. */
  FieldValues(FieldValues other) {
    json = other.json;
    slots = other.slots;
    values = other.values.clone();
    ofNoInterest = other.ofNoInterest;
  }

  /** Adds a value. A field that occurs twice, for instance dotted and nested, keeps both values. */
  void add(Field field, Object value) {
    int slot = slot(field);
    if (slot < 0 || slot >= values.length) {
      spread();
      slot = field.ordinal();
    }
    Object present = values[slot];
    if (present == null) {
      values[slot] = value;
    } else if (present instanceof Several several && several.owner == this) {
      several.add(value);
    } else {
      Several several = new Several(this);
      if (present instanceof Several others) {
        several.addAll(others);
      } else {
        several.add(present);
      }
      several.add(value);
      values[slot] = several;
    }
  }

  /** Gives every field a place of its own. */
  private void spread() {
    if (slots == null) {
      // Most records are Windows events, and clearing the rest of the array would cost them time.
      values = Arrays.copyOf(values, FIELDS);
      return;
    }
    @Nullable Object[] spread = new @Nullable Object[FIELDS];
    for (Field field : Field.values()) {
      spread[field.ordinal()] = value(field);
    }
    values = spread;
    slots = null;
  }

  private int slot(Field field) {
    byte[] shared = slots;
    return shared == null ? field.ordinal() : (shared[field.ordinal()] & 0xFF) - 1;
  }

  /**
   * Adds text.
   *
   * @param text a {@code String} or an {@link UnreadText}
   */
  void addText(Field field, Object text) {
    if (field != Field.ECS_MARK) {
      add(field, text);
    } else if (!has(field)) {
      // Only its presence counts, and most documents have several.
      add(field, true);
    }
  }

  /** Removes the values of a field. */
  void clear(Field field) {
    int slot = slot(field);
    if (slot >= 0 && slot < values.length) {
      values[slot] = null;
    }
  }

  /** Adds a value by the position in the record where it begins. */
  void addPlace(Field field, int place) {
    addText(field, new JsonText(json, place));
  }

  /** Marks the record as irrelevant to every rule, whatever else it holds. */
  void markOfNoInterest() {
    ofNoInterest = true;
  }

  boolean isOfNoInterest() {
    return ofNoInterest;
  }

  private @Nullable Object value(Field field) {
    int slot = slot(field);
    return slot >= 0 && slot < values.length ? values[slot] : null;
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
    if (value instanceof UnreadText unread) {
      return unread.mayHoldRecord();
    }
    return value instanceof String text
        && !text.isEmpty()
        && UnreadText.beginsRecord(text.charAt(0));
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

  private static Object read(Object value) {
    if (value instanceof UnreadText text) {
      return text.get();
    }
    return value instanceof String text ? UnreadText.withoutEnd(text) : value;
  }

  /** A type of its own, so that a list is never mistaken for a value. */
  private static final class Several extends ArrayList<Object> {
    private final transient FieldValues owner;

    Several(FieldValues owner) {
      this.owner = owner;
    }
  }
}
