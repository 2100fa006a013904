package dev.iiswarden.decode;

import dev.iiswarden.decode.WindowsMapping.Logged;
import dev.iiswarden.event.PowershellFields;
import dev.iiswarden.event.ScriptBlockEvent;
import dev.iiswarden.event.ScriptBlockFields;

/** Maps PowerShell's script block events to facts. */
final class PowershellMapping {
  private PowershellMapping() {}

  static ScriptBlockEvent scriptBlock(Logged event) {
    return event
        .fillFromWithin(ScriptBlockEvent.builder(), "info")
        .powershell(
            new PowershellFields(
                new ScriptBlockFields(
                    event.text(Field.SCRIPT_BLOCK_TEXT), event.text(Field.SCRIPT_BLOCK_ID)),
                event.integer(Field.MESSAGE_NUMBER),
                event.integer(Field.MESSAGE_TOTAL)))
        .file(Paths.file(event.text(Field.SCRIPT_PATH)))
        .build();
  }
}
