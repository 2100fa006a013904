package dev.iiswarden.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record of a structure, with which others are compared: its bytes, and where its values are. A
 * later record of the same structure takes its place now and then. Used by one thread at a time.
 */
final class RecordTemplate {
  /** What {@link #next} and {@link #instead} hold if they know of no template. */
  static final int UNKNOWN = -1;

  /** The number of values. */
  final int size;

  /** For each value the index of its first byte. */
  final int[] starts;

  /** For each value the index after its last byte. */
  final int[] ends;

  final byte[] kinds;
  final @Nullable Field[] fields;

  /**
   * What the structure is before each value and, last, before the end: two templates have the same
   * number if, and only if, their records are equal up to there but for the values.
   */
  final long[] structures;

  /** For each value the template that went on last time where the structure differed before it. */
  final int[] instead;

  /** The template of the record that came after the last one like this. */
  int next = UNKNOWN;

  /** The place of this template among the others. */
  int place;

  /** When it was last of use. */
  long lastUse;

  /** The bytes of the record and, behind {@link #length}, some of no meaning. */
  byte[] text;

  int length;

  private final TemplateValues values;

  /**
   * Creates a template from a record that has been read in full.
   *
   * @param isOfNoInterest whether the record's event id makes it irrelevant
   */
  RecordTemplate(byte[] record, RecordTokens tokens, RecordSyntax syntax, boolean isOfNoInterest) {
    text = record.clone();
    length = record.length;
    size = tokens.size();
    starts = tokens.starts();
    ends = tokens.ends();
    kinds = tokens.kinds();
    fields = tokens.fields();
    structures = new long[size + 1];
    instead = new int[size + 1];
    Arrays.fill(instead, UNKNOWN);
    values = new TemplateValues(this, syntax, isOfNoInterest);
  }

  /** Returns how many values two records have behind the same structure. */
  int sharedWith(RecordTemplate other) {
    int most = Math.min(size, other.size);
    int from = 0;
    int otherFrom = 0;
    for (int i = 0; i < most; i++) {
      if (!Arrays.equals(text, from, starts[i], other.text, otherFrom, other.starts[i])) {
        return i;
      }
      from = ends[i];
      otherFrom = other.ends[i];
    }
    return most;
  }

  /**
   * Whether the structure goes on in a record as it does here.
   *
   * @param value the value before which to look
   * @param from the index in the record behind the value before that
   */
  boolean goesOn(int value, byte[] record, int from) {
    int start = value == 0 ? 0 : ends[value - 1];
    int end = value == size ? length : starts[value];
    int recordEnd = from + end - start;
    return recordEnd <= record.length && Arrays.equals(text, start, end, record, from, recordEnd);
  }

  /**
   * Returns the values of another record of the same structure, which may take this one's place.
   *
   * @param changes what is different in the other
   */
  FieldValues read(byte[] record, RecordChanges changes) {
    return values.read(record, changes);
  }

  /** Puts another record of the same structure in this one's place. */
  void replace(byte[] record, RecordChanges changes) {
    boolean isMoved = false;
    for (int i = 0; i < changes.size(); i++) {
      int value = changes.value(i);
      int start = changes.start(i);
      int end = changes.end(i);
      int shift = end - ends[value];
      if (!isMoved && shift == 0) {
        System.arraycopy(record, start, text, start, end - start);
      } else if (!isMoved) {
        copyFrom(record, start);
        isMoved = true;
      }
      starts[value] = start;
      ends[value] = end;
      kinds[value] = changes.kind(i);
      if (shift != 0) {
        move(value + 1, i + 1 < changes.size() ? changes.value(i + 1) : size, shift);
      }
    }
  }

  private void copyFrom(byte[] record, int start) {
    if (record.length > text.length) {
      text = Arrays.copyOf(record, record.length + record.length / 4);
    } else {
      System.arraycopy(record, start, text, start, record.length - start);
    }
    length = record.length;
  }

  private void move(int from, int to, int shift) {
    for (int i = from; i < to; i++) {
      starts[i] += shift;
      ends[i] += shift;
    }
  }
}
