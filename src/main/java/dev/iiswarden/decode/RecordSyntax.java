package dev.iiswarden.decode;

import org.jspecify.annotations.Nullable;

/** A notation of records, as far as {@link RecordTemplates} has to know it. */
interface RecordSyntax {
  /** What a scan returns if it finds nothing that it accepts. */
  int DECLINED = -1;

  /**
   * Reads a whole record and notes its tokens. The tokens have the fields of their places in the
   * record, also those whose values do not count, because an earlier one has made the record
   * irrelevant.
   *
   * @param values receives the field values; meaningless if the record is declined
   * @return false if the record is declined, and another parser must read it
   */
  boolean read(byte[] record, FieldValues values, RecordTokens tokens);

  /**
   * Finds the end of a value, which it checks as thoroughly as {@link #read} does, and its kind.
   *
   * @param start the index of the value's first byte
   * @param differs the first index at which the record differs from another whose value here is of
   *     the kind {@code like}; not before {@code start}
   * @param field the field that has this place; null if none
   * @return {@link #found}, or {@link #DECLINED}
   */
  long scan(byte[] record, int start, int differs, byte like, @Nullable Field field);

  /**
   * Returns what a scan has found.
   *
   * @param end the index after the value's last byte
   */
  static long found(int end, byte kind) {
    return (long) kind << Integer.SIZE | end;
  }

  /**
   * Adds a value to those of its record, as {@link #read} does. The record is not kept.
   *
   * @param start the index of the value's first byte; the value has been checked
   * @param end the index after the value's last byte
   * @param kind the kind of the value
   */
  void add(FieldValues values, Field field, byte[] record, int start, int end, byte kind);

  /**
   * Adds a value as {@link #add} does, but most are not read before they are asked for.
   *
   * @param record the record, which must not change from now on
   */
  void addUnread(FieldValues values, Field field, byte[] record, int start, int end, byte kind);
}
