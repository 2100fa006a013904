package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/**
 * The field set {@code powershell.file} of Elastic's Windows integration. Made by a constructor.
 * Immutable and safe for use by several threads.
 */
public final class ScriptBlockFields {
  static final FieldSet<ScriptBlockFields> FIELDS =
      FieldSet.of(ScriptBlockFields.class)
          .text("script_block_text", ScriptBlockFields::getScriptBlockText)
          .text("script_block_id", ScriptBlockFields::getScriptBlockId);

  private @Nullable String scriptBlockText;
  private @Nullable String scriptBlockId;

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public ScriptBlockFields() {}

  /** Creates a set of the given fields; null for missing ones. */
  public ScriptBlockFields(@Nullable String scriptBlockText, @Nullable String scriptBlockId) {
    this.scriptBlockText = scriptBlockText;
    this.scriptBlockId = scriptBlockId;
  }

  /** {@code powershell.file.script_block_text}: the code, or this part of it; null if unknown. */
  public @Nullable String getScriptBlockText() {
    return scriptBlockText;
  }

  /**
   * {@code powershell.file.script_block_id}: the id of the block, the same for all its parts; null
   * if unknown.
   */
  public @Nullable String getScriptBlockId() {
    return scriptBlockId;
  }
}
