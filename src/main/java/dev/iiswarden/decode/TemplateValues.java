package dev.iiswarden.decode;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The field values of the record in a {@link RecordTemplate}, with which those of a record like it
 * begin: only what differs is read. Values that are the same are shared. Used by one thread at a
 * time.
 *
 * <p>A record that its event id makes irrelevant gets the values of an earlier one: only which
 * fields it has counts, and that is the same.
 */
@SuppressWarnings("EnumOrdinal") // an EnumMap for each record would take a tenth of decoding it
final class TemplateValues {
  /** The value is a part of the record's field values. */
  private static final byte READ = 1;

  /** The value is one of several of its field, and their order counts. */
  private static final byte NOT_ALONE = 2;

  /** The value can make the record irrelevant. */
  private static final byte DECISIVE = 4;

  /** The value may become null, and then the field is missing. */
  private static final byte SCALAR = 8;

  /** Of how many records one takes the template's place. */
  private static final int REPLACED = 4;

  private final RecordTemplate template;
  private final RecordSyntax syntax;

  /** For each value of the record what a change of it means. */
  private final byte[] roles;

  private final byte[] slots;
  private final int fieldCount;

  /** The value that can make the record irrelevant; -1 if there is none or more than one. */
  private final int decisive;

  private final boolean hasSeveralDecisive;

  private boolean isOfNoInterest;

  private int uses;

  /** The values of the record; null if they are not known. */
  private @Nullable FieldValues values;

  /** The values up to the one that makes a record irrelevant; null if they are not known. */
  private @Nullable FieldValues irrelevant;

  /**
   * Creates the values of a template's record, which are not read before another is like it.
   *
   * @param isOfNoInterest whether the record's event id makes it irrelevant
   */
  TemplateValues(RecordTemplate template, RecordSyntax syntax, boolean isOfNoInterest) {
    this.template = template;
    this.syntax = syntax;
    this.isOfNoInterest = isOfNoInterest;
    roles = new byte[template.size];
    slots = new byte[Field.values().length];
    Map<Field, Integer> firsts = new EnumMap<>(Field.class);
    int decisives = 0;
    int lastDecisive = -1;
    for (int i = 0; i < template.size; i++) {
      Field field = template.fields[i];
      if (field == null) {
        continue;
      }
      roles[i] |= template.kinds[i] == RecordTokens.SCALAR ? READ | SCALAR : READ;
      Integer first = firsts.putIfAbsent(field, i);
      if (first == null) {
        slots[field.ordinal()] = (byte) firsts.size();
      } else {
        roles[i] |= NOT_ALONE;
        roles[first] |= NOT_ALONE;
      }
      if (WindowsMapping.decidesInterest(field)) {
        roles[i] |= DECISIVE;
        lastDecisive = i;
        decisives++;
      }
    }
    fieldCount = firsts.size();
    decisive = decisives == 1 ? lastDecisive : -1;
    hasSeveralDecisive = decisives > 1;
    excuseMarks();
  }

  /** Only the presence of a mark counts, so no change of its text matters. */
  private void excuseMarks() {
    for (int i = 0; i < roles.length; i++) {
      if (template.fields[i] == Field.ECS_MARK && template.kinds[i] != RecordTokens.SCALAR) {
        roles[i] = 0;
      }
    }
  }

  /**
   * Returns the values of another record of the same structure, which may take the place of the
   * template's.
   *
   * @param changes what is different in the other
   */
  FieldValues read(byte[] record, RecordChanges changes) {
    int changed = 0;
    for (int i = 0; i < changes.size(); i++) {
      int role = roles[changes.value(i)];
      changed |= role;
      if ((role & SCALAR) != 0 && isNull(changes.value(i), record, changes.start(i))) {
        changed |= NOT_ALONE;
      }
    }
    if ((changed & NOT_ALONE) != 0 || hasSeveralDecisive) {
      return readAll(record, changes);
    }
    boolean isIrrelevant =
        (changed & DECISIVE) == 0 ? isOfNoInterest : isOfNoInterest(record, changes);
    if (isIrrelevant) {
      // The values of a relevant record are worth keeping.
      if (isOfNoInterest && isReplacing()) {
        template.replace(record, changes);
      }
      return irrelevant();
    }
    FieldValues known = values;
    if (known != null && !isReplacing()) {
      return changed(known, record, changes, true);
    }
    template.replace(record, changes);
    isOfNoInterest = false;
    values = known == null ? all() : changed(known, record, changes, false);
    return values;
  }

  /** Reads all values, because what is different may mean more than another value of a field. */
  private FieldValues readAll(byte[] record, RecordChanges changes) {
    template.replace(record, changes);
    irrelevant = null;
    values = null;
    FieldValues all = upTo(template.size - 1);
    isOfNoInterest = all.isOfNoInterest();
    return all;
  }

  /**
   * Whether a record takes the template's place: every few do. Records that follow each other have
   * more values in common than others, but copying one costs as much as comparing some values.
   */
  private boolean isReplacing() {
    uses++;
    return uses % REPLACED == 0;
  }

  /** Whether one of two values is null. */
  private boolean isNull(int value, byte[] record, int start) {
    return record[start] == 'n' || template.text[template.starts[value]] == 'n';
  }

  private boolean isOfNoInterest(byte[] record, RecordChanges changes) {
    FieldValues one = new FieldValues();
    for (int i = 0; i < changes.size(); i++) {
      Field field = template.fields[changes.value(i)];
      if (changes.value(i) == decisive && field != null) {
        syntax.add(one, field, record, changes.start(i), changes.end(i), changes.kind(i));
        WindowsMapping.noteInterest(one, field);
      }
    }
    return one.isOfNoInterest();
  }

  private FieldValues irrelevant() {
    FieldValues known = irrelevant;
    if (known == null) {
      known = upTo(decisive);
      known.markOfNoInterest();
      irrelevant = known;
    }
    return known;
  }

  /** Reads values in their order, until one makes the record irrelevant. */
  private FieldValues upTo(int last) {
    FieldValues some = new FieldValues();
    for (int i = 0; i <= last && !some.isOfNoInterest(); i++) {
      Field field = template.fields[i];
      if (field != null) {
        add(some, field, i);
        if (some.has(field)) {
          WindowsMapping.noteInterest(some, field);
        }
      }
    }
    return some;
  }

  private FieldValues all() {
    FieldValues all = new FieldValues(slots, fieldCount);
    for (int i = 0; i < template.size; i++) {
      Field field = template.fields[i];
      if (field != null) {
        add(all, field, i);
      }
    }
    return all;
  }

  /**
   * Returns values with the changes of a record.
   *
   * @param later whether changed values may be read from the record later
   */
  private FieldValues changed(
      FieldValues known, byte[] record, RecordChanges changes, boolean later) {
    FieldValues copy = new FieldValues(known);
    for (int i = 0; i < changes.size(); i++) {
      int value = changes.value(i);
      Field field = template.fields[value];
      if (field != null && (roles[value] & READ) != 0) {
        copy.clear(field);
        int start = changes.start(i);
        int end = changes.end(i);
        byte kind = changes.kind(i);
        if (later) {
          syntax.addUnread(copy, field, record, start, end, kind);
        } else {
          syntax.add(copy, field, record, start, end, kind);
        }
      }
    }
    return copy;
  }

  private void add(FieldValues some, Field field, int value) {
    syntax.add(
        some,
        field,
        template.text,
        template.starts[value],
        template.ends[value],
        template.kinds[value]);
  }
}
