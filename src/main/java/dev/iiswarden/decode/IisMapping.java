package dev.iiswarden.decode;

import dev.iiswarden.decode.WindowsMapping.Logged;
import dev.iiswarden.event.ConfigurationEvent;
import dev.iiswarden.event.DllFields;
import dev.iiswarden.event.IisConfigurationFields;
import dev.iiswarden.event.ModuleLoadFailureEvent;

/** Maps the events that IIS logs about its configuration and modules to facts. */
final class IisMapping {
  private IisMapping() {}

  static ConfigurationEvent configuration(Logged event) {
    return event
        .fillFromWithin(ConfigurationEvent.builder(), "change")
        .iis(
            IisConfigurationFields.builder()
                .physicalPath(event.text(Field.PHYSICAL_PATH))
                .configPath(event.text(Field.CONFIG_PATH))
                .effectiveLocationPath(event.text(Field.EFFECTIVE_LOCATION_PATH))
                .configuration(event.text(Field.CONFIGURATION))
                .editOperationType(event.text(Field.EDIT_OPERATION_TYPE))
                .oldValue(event.text(Field.OLD_VALUE))
                .newValue(event.text(Field.NEW_VALUE))
                .build())
        .build();
  }

  static ModuleLoadFailureEvent moduleLoadFailure(Logged event) {
    String path = event.text(Field.MODULE_DLL);
    return event
        .fillFromWithin(ModuleLoadFailureEvent.builder(), "error")
        .dll(new DllFields(path, Paths.lastPart(path)))
        .build();
  }
}
