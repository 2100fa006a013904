package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/**
 * The part of the field set {@code powershell} of Elastic's Windows integration that describes
 * script blocks. Made by a constructor. Immutable and safe for use by several threads.
 */
public final class PowershellFields {
  static final FieldSet<PowershellFields> FIELDS =
      FieldSet.of(PowershellFields.class)
          .set("file", PowershellFields::getFile, ScriptBlockFields.FIELDS)
          .number("sequence", PowershellFields::getSequence)
          .number("total", PowershellFields::getTotal);

  private static final ScriptBlockFields NO_FILE = new ScriptBlockFields();

  private @Nullable ScriptBlockFields file;
  private @Nullable Long sequence;
  private @Nullable Long total;

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public PowershellFields() {}

  /** Creates a set of the given fields; null for missing ones. */
  public PowershellFields(ScriptBlockFields file, @Nullable Long sequence, @Nullable Long total) {
    this.file = file;
    this.sequence = sequence;
    this.total = total;
  }

  /** {@code powershell.file}: the script block; an empty set if unknown. */
  public ScriptBlockFields getFile() {
    return file == null ? NO_FILE : file;
  }

  /**
   * {@code powershell.sequence}: the number of this part of a long block, from 1; null if unknown
   * and for a block that was joined of its parts.
   */
  public @Nullable Long getSequence() {
    return sequence;
  }

  /**
   * {@code powershell.total}: the number of parts in which the block is logged; null if unknown.
   */
  public @Nullable Long getTotal() {
    return total;
  }
}
