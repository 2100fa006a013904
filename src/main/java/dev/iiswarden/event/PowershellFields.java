package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/**
 * The field set {@code powershell} of Elastic's Windows integration, so far as it speaks of script
 * blocks. Immutable.
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

  /** An empty set, for snapshots and test scenarios to fill. */
  public PowershellFields() {}

  /** A set of the given fields, null for what is missing. */
  public PowershellFields(ScriptBlockFields file, @Nullable Long sequence, @Nullable Long total) {
    this.file = file;
    this.sequence = sequence;
    this.total = total;
  }

  /** {@code powershell.file}: the script block; an empty set if unknown. */
  public ScriptBlockFields getFile() {
    return file == null ? NO_FILE : file;
  }

  /** {@code powershell.sequence}: a long block is logged in parts, and this is which, from 1. */
  public @Nullable Long getSequence() {
    return sequence;
  }

  /** {@code powershell.total}: in how many parts the block is logged. */
  public @Nullable Long getTotal() {
    return total;
  }
}
