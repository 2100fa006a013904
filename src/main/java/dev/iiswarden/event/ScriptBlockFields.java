package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/** The field set {@code powershell.file} of Elastic's Windows integration. Immutable. */
public final class ScriptBlockFields {
  static final FieldSet<ScriptBlockFields> FIELDS =
      FieldSet.of(ScriptBlockFields.class)
          .text("script_block_text", ScriptBlockFields::getScriptBlockText)
          .text("script_block_id", ScriptBlockFields::getScriptBlockId);

  private @Nullable String scriptBlockText;
  private @Nullable String scriptBlockId;

  /** An empty set, for snapshots and test scenarios to fill. */
  public ScriptBlockFields() {}

  /** A set of the given fields, null for what is missing. */
  public ScriptBlockFields(@Nullable String scriptBlockText, @Nullable String scriptBlockId) {
    this.scriptBlockText = scriptBlockText;
    this.scriptBlockId = scriptBlockId;
  }

  /** {@code powershell.file.script_block_text}: the code, or this part of it. */
  public @Nullable String getScriptBlockText() {
    return scriptBlockText;
  }

  /** {@code powershell.file.script_block_id}: the same for all parts of one block. */
  public @Nullable String getScriptBlockId() {
    return scriptBlockId;
  }
}
