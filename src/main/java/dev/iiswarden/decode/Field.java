package dev.iiswarden.decode;

import java.util.Arrays;

/** The fields that any mapping reads, by their dotted path in the input. */
enum Field {
  TIMESTAMP("@timestamp", true),

  ECS_EVENT_ID("event.id", false),
  ECS_EVENT_CATEGORY("event.category", false),
  ECS_EVENT_TYPE("event.type", false),
  ECS_EVENT_CODE("event.code", false),
  ECS_EVENT_ACTION("event.action", false),
  ECS_EVENT_SEQUENCE("event.sequence", true),
  ECS_HOST_NAME("host.name", false),
  ECS_PROCESS_NAME("process.name", false),
  ECS_PROCESS_EXECUTABLE("process.executable", false),
  ECS_PROCESS_PID("process.pid", true),
  ECS_PROCESS_ENTITY_ID("process.entity_id", false),
  ECS_PROCESS_COMMAND_LINE("process.command_line", false),
  ECS_PARENT_NAME("process.parent.name", false),
  ECS_PARENT_EXECUTABLE("process.parent.executable", false),
  ECS_PARENT_PID("process.parent.pid", true),
  ECS_PARENT_ENTITY_ID("process.parent.entity_id", false),
  ECS_PARENT_COMMAND_LINE("process.parent.command_line", false),
  ECS_REGISTRY_PATH("registry.path", false),
  ECS_REGISTRY_VALUE("registry.value", false),
  ECS_REGISTRY_DATA_STRINGS("registry.data.strings", false),
  ECS_FILE_PATH("file.path", false),
  ECS_FILE_NAME("file.name", false),
  ECS_FILE_EXTENSION("file.extension", false),
  ECS_DLL_PATH("dll.path", false),
  ECS_DLL_NAME("dll.name", false),

  EVENT_ID("EventID", true),
  CHANNEL("Channel", false),
  SOURCE_NAME("SourceName", false),
  HOSTNAME("Hostname", false),
  COMPUTER("Computer", false),
  UTC_TIME("UtcTime", false),
  TIME_CREATED("TimeCreated", false),
  EVENT_TYPE("EventType", false),
  IMAGE("Image", false),
  PROCESS_ID("ProcessId", true),
  PROCESS_GUID("ProcessGuid", false),
  COMMAND_LINE("CommandLine", false),
  PARENT_IMAGE("ParentImage", false),
  PARENT_PROCESS_ID("ParentProcessId", true),
  PARENT_PROCESS_GUID("ParentProcessGuid", false),
  PARENT_COMMAND_LINE("ParentCommandLine", false),
  TARGET_OBJECT("TargetObject", false),
  DETAILS("Details", false),
  TARGET_FILENAME("TargetFilename", false),
  IMAGE_LOADED("ImageLoaded", false);

  private final String path;
  private final boolean integer;

  Field(String path, boolean integer) {
    this.path = path;
    this.integer = integer;
  }

  String path() {
    return path;
  }

  /** Whether an integer stays a number here; everywhere else it is its JSON text. */
  boolean keepsIntegers() {
    return integer;
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
