package dev.iiswarden.decode;

import java.util.Arrays;

/** The fields that any mapping reads, by their dotted path in the input. */
enum Field {
  TIMESTAMP("@timestamp"),

  ECS_EVENT_ID("event.id"),
  ECS_EVENT_CATEGORY("event.category", true),
  ECS_EVENT_TYPE("event.type", true),
  ECS_EVENT_CODE("event.code"),
  ECS_EVENT_ACTION("event.action"),
  ECS_EVENT_SEQUENCE("event.sequence"),
  ECS_HOST_NAME("host.name", true),
  ECS_PROCESS_NAME("process.name", true),
  ECS_PROCESS_EXECUTABLE("process.executable"),
  ECS_PROCESS_PID("process.pid"),
  ECS_PROCESS_ENTITY_ID("process.entity_id"),
  ECS_PROCESS_COMMAND_LINE("process.command_line"),
  ECS_PARENT_NAME("process.parent.name"),
  ECS_PARENT_EXECUTABLE("process.parent.executable"),
  ECS_PARENT_PID("process.parent.pid"),
  ECS_PARENT_ENTITY_ID("process.parent.entity_id"),
  ECS_PARENT_COMMAND_LINE("process.parent.command_line"),
  ECS_REGISTRY_PATH("registry.path", true),
  ECS_REGISTRY_VALUE("registry.value"),
  ECS_REGISTRY_DATA_STRINGS("registry.data.strings"),
  ECS_FILE_PATH("file.path"),
  ECS_FILE_NAME("file.name"),
  ECS_FILE_EXTENSION("file.extension", true),
  ECS_DLL_PATH("dll.path"),
  ECS_DLL_NAME("dll.name"),

  EVENT_ID("EventID", true),
  CHANNEL("Channel"),
  SOURCE_NAME("SourceName"),
  HOSTNAME("Hostname", true),
  COMPUTER("Computer"),
  UTC_TIME("UtcTime", true),
  TIME_CREATED("TimeCreated"),
  EVENT_TYPE("EventType"),
  IMAGE("Image"),
  PROCESS_ID("ProcessId"),
  PROCESS_GUID("ProcessGuid"),
  COMMAND_LINE("CommandLine"),
  PARENT_IMAGE("ParentImage"),
  PARENT_PROCESS_ID("ParentProcessId"),
  PARENT_PROCESS_GUID("ParentProcessGuid"),
  PARENT_COMMAND_LINE("ParentCommandLine"),
  TARGET_OBJECT("TargetObject", true),
  DETAILS("Details"),
  TARGET_FILENAME("TargetFilename", true),
  IMAGE_LOADED("ImageLoaded");

  private final String path;

  private final boolean readAtOnce;

  Field(String path) {
    this(path, false);
  }

  Field(String path, boolean readAtOnce) {
    this.path = path;
    this.readAtOnce = readAtOnce;
  }

  String path() {
    return path;
  }

  /**
   * Whether its text is made while the record is tokenised, which is cheaper than to come back for
   * it, but wasted if nobody asks for it.
   */
  boolean isReadAtOnce() {
    return readAtOnce;
  }

  static Field[] ofEcs() {
    return Arrays.stream(values())
        .filter(field -> field == TIMESTAMP || field.name().startsWith("ECS_"))
        .toArray(Field[]::new);
  }

  static Field[] ofSysmon() {
    return Arrays.stream(values())
        .filter(field -> !field.name().startsWith("ECS_"))
        .toArray(Field[]::new);
  }
}
