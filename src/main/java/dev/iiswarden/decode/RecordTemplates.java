package dev.iiswarden.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads records by their difference from earlier ones. A source of logs writes the same keys in the
 * same order, and most values are those of a record before. So the reader compares the bytes of a
 * record with those of an earlier one of its structure, its template, and looks only at values that
 * differ. The comparison takes a fraction of the time that a parser needs.
 *
 * <p>The result is that of a full reading, for any record. Bytes equal to those of a template, in
 * the same state of the parser, need no second look: they were accepted once. The state depends
 * only on the structure of a record, which is all of it except its values. Where a value differs,
 * it is checked as a full reading checks it. Where the structure differs, the reader tries another
 * template that has the same structure up to there and goes on as the record does; if there is
 * none, it reads the record in full.
 *
 * <p>An instance keeps a bounded number of templates of at most 20 KiB of text each, and with each
 * the values of one record; longer records are read in full. The template that was of use the
 * longest time ago makes way for a new one. When records have ever new structures, most are neither
 * compared nor kept, so that they cost little more than a full reading. An instance is used by one
 * thread at a time.
 */
final class RecordTemplates {
  /** Sources of one feed rarely have more structures. */
  static final int MOST_TEMPLATES = 64;

  private static final int LONGEST_TEMPLATE = 1 << 14;

  /** How many templates a record is compared with. */
  private static final int MOST_TRIES = 8;

  /** So many records in a row that are like none before show that it is useless to compare. */
  private static final int MOST_FAILURES = 64;

  /** Of how many records one is compared, and kept, while that seems useless. */
  private static final int SAMPLE = 16;

  private final RecordSyntax syntax;
  private final RecordTokens tokens = new RecordTokens();
  private final RecordChanges changes = new RecordChanges();
  private final @Nullable RecordTemplate[] templates;
  private int count;
  private @Nullable RecordTemplate last;
  private long structures;
  private long reads;
  private long compared;
  private long readInFull;

  /** How many records in a row were like no template. */
  private int failures;

  // Where the structure differs: before which value, and behind what in the record.
  private int failedAt;
  private int failedBehind;

  /**
   * Creates a reader.
   *
   * @param most how many templates it keeps; with none it reads all records in full
   */
  RecordTemplates(RecordSyntax syntax, int most) {
    this.syntax = syntax;
    templates = new @Nullable RecordTemplate[most];
  }

  /** Returns how many records were compared with templates. */
  long compared() {
    return compared;
  }

  /** Returns how many records were read in full. */
  long readInFull() {
    return readInFull;
  }

  /**
   * Reads a record.
   *
   * @param record the text, which must not change from now on
   * @return its values; null if another parser must read it
   */
  @Nullable FieldValues read(byte[] record) {
    reads++;
    boolean isCompared =
        record.length <= LONGEST_TEMPLATE
            && templates.length > 0
            && (failures < MOST_FAILURES || reads % SAMPLE == 0);
    compared += isCompared ? 1 : 0;
    RecordTemplate template = isCompared ? find(record) : null;
    if (template == null) {
      return readInFull(record, isCompared);
    }
    failures = 0;
    use(template);
    return template.read(record, changes);
  }

  private @Nullable FieldValues readInFull(byte[] record, boolean isKept) {
    readInFull++;
    failures++;
    tokens.clear();
    FieldValues values = new FieldValues();
    if (!syntax.read(record, values, tokens)) {
      return null;
    }
    if (isKept && tokens.isWhole()) {
      keep(new RecordTemplate(record, tokens, syntax, values.isOfNoInterest()));
    }
    return values;
  }

  private void use(RecordTemplate template) {
    template.lastUse = reads;
    if (last != null) {
      last.next = template.place;
    }
    last = template;
  }

  /** Finds the template with the record's structure, and what differs. */
  private @Nullable RecordTemplate find(byte[] record) {
    RecordTemplate template = last == null ? null : at(last.next);
    if (template == null) {
      template = last;
    }
    for (int i = 0; template != null && i < MOST_TRIES; i++) {
      if (follows(record, template)) {
        return template;
      }
      template = other(record, template);
    }
    return null;
  }

  private @Nullable RecordTemplate at(int place) {
    return place == RecordTemplate.UNKNOWN ? null : templates[place];
  }

  /** Finds a template that goes on as the record does where the given one does not. */
  private @Nullable RecordTemplate other(byte[] record, RecordTemplate current) {
    RecordTemplate usual = at(current.instead[failedAt]);
    if (usual != null && goesOn(record, usual, current)) {
      return usual;
    }
    for (int i = 0; i < count; i++) {
      RecordTemplate template = templates[i];
      if (template != null && goesOn(record, template, current)) {
        current.instead[failedAt] = i;
        return template;
      }
    }
    return null;
  }

  private boolean goesOn(byte[] record, RecordTemplate template, RecordTemplate current) {
    int at = failedAt;
    return template.size >= at
        && template.structures[at] == current.structures[at]
        && (template.size == at
            || current.size == at
            || template.structures[at + 1] != current.structures[at + 1])
        && template != current
        && template.goesOn(at, record, failedBehind);
  }

  /**
   * Compares a record with a template, value by value.
   *
   * @return false if the structure differs or a value is not valid
   */
  private boolean follows(byte[] record, RecordTemplate template) {
    changes.clear();
    byte[] text = template.text;
    int[] starts = template.starts;
    int[] ends = template.ends;
    int size = template.size;
    int at = 0;
    int shift = 0;
    int value = 0;
    while (true) {
      int same = Arrays.mismatch(text, at, template.length, record, at + shift, record.length);
      if (same < 0) {
        return true;
      }
      int differs = at + same;
      while (value < size && ends[value] < differs) {
        value++;
      }
      long found =
          value == size || starts[value] > differs
              ? RecordSyntax.DECLINED
              : syntax.scan(
                  record,
                  starts[value] + shift,
                  differs + shift,
                  template.kinds[value],
                  template.fields[value]);
      if (found == RecordSyntax.DECLINED) {
        failedAt = value;
        failedBehind = value == 0 ? 0 : ends[value - 1] + shift;
        return false;
      }
      int end = (int) found;
      changes.add(value, starts[value] + shift, end, (byte) (found >>> Integer.SIZE));
      at = ends[value];
      shift = end - at;
      value++;
    }
  }

  private void keep(RecordTemplate template) {
    tellStructures(template);
    template.place = count < templates.length ? count++ : leastUsed();
    if (templates[template.place] == last) {
      last = null;
    }
    templates[template.place] = template;
    use(template);
  }

  private void tellStructures(RecordTemplate template) {
    int known = -1;
    for (int i = 0; i < count; i++) {
      RecordTemplate other = templates[i];
      int shared = other == null ? -1 : template.sharedWith(other);
      if (other != null && shared > known) {
        known = shared;
        System.arraycopy(other.structures, 0, template.structures, 0, shared + 1);
      }
    }
    for (int i = known + 1; i < template.structures.length; i++) {
      template.structures[i] = ++structures;
    }
  }

  /** Returns the place of the template that was of use the longest time ago. */
  private int leastUsed() {
    int least = 0;
    long use = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      RecordTemplate template = templates[i];
      if (template != null && template.lastUse < use) {
        use = template.lastUse;
        least = i;
      }
    }
    return least;
  }
}
