package dev.iiswarden.decode;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A field that a mapping reads. ECS fields are identified by their dotted path and fields of a
 * Windows event's {@code EventData} by their name there. The place and name of the fields in the
 * {@code System} part and in the wrapping of a record depend on its {@link Shape}.
 */
enum Field {
  ECS_EVENT_ID(Part.ECS, "event.id"),
  ECS_EVENT_CATEGORY(Part.ECS, "event.category", true),
  ECS_EVENT_TYPE(Part.ECS, "event.type", true),
  ECS_EVENT_PROVIDER(Part.ECS, "event.provider"),
  ECS_EVENT_CODE(Part.ECS, "event.code"),
  ECS_EVENT_ACTION(Part.ECS, "event.action"),
  ECS_EVENT_SEQUENCE(Part.ECS, "event.sequence"),
  ECS_HOST_NAME(Part.ECS, "host.name", true),
  ECS_USER_NAME(Part.ECS, "user.name"),
  ECS_USER_DOMAIN(Part.ECS, "user.domain"),
  ECS_USER_ID(Part.ECS, "user.id"),
  ECS_PROCESS_NAME(Part.ECS, "process.name", true),
  ECS_PROCESS_EXECUTABLE(Part.ECS, "process.executable"),
  ECS_PROCESS_PID(Part.ECS, "process.pid"),
  ECS_PROCESS_ENTITY_ID(Part.ECS, "process.entity_id"),
  ECS_PROCESS_COMMAND_LINE(Part.ECS, "process.command_line"),
  ECS_PARENT_NAME(Part.ECS, "process.parent.name"),
  ECS_PARENT_EXECUTABLE(Part.ECS, "process.parent.executable"),
  ECS_PARENT_PID(Part.ECS, "process.parent.pid"),
  ECS_PARENT_ENTITY_ID(Part.ECS, "process.parent.entity_id"),
  ECS_PARENT_COMMAND_LINE(Part.ECS, "process.parent.command_line"),
  ECS_REGISTRY_PATH(Part.ECS, "registry.path", true),
  ECS_REGISTRY_VALUE(Part.ECS, "registry.value"),
  ECS_REGISTRY_DATA_STRINGS(Part.ECS, "registry.data.strings"),
  ECS_FILE_PATH(Part.ECS, "file.path"),
  ECS_FILE_NAME(Part.ECS, "file.name"),
  ECS_FILE_EXTENSION(Part.ECS, "file.extension", true),
  ECS_DLL_PATH(Part.ECS, "dll.path"),
  ECS_DLL_NAME(Part.ECS, "dll.name"),
  ECS_FILE_MD5(Part.ECS, "file.hash.md5"),
  ECS_FILE_SHA1(Part.ECS, "file.hash.sha1"),
  ECS_FILE_SHA256(Part.ECS, "file.hash.sha256"),
  ECS_FILE_SIGNATURE_EXISTS(Part.ECS, "file.code_signature.exists"),
  ECS_FILE_SIGNATURE_VALID(Part.ECS, "file.code_signature.valid"),
  ECS_FILE_SIGNATURE_TRUSTED(Part.ECS, "file.code_signature.trusted"),
  ECS_FILE_SIGNATURE_STATUS(Part.ECS, "file.code_signature.status"),
  ECS_FILE_SIGNER(Part.ECS, "file.code_signature.subject_name"),
  ECS_DLL_MD5(Part.ECS, "dll.hash.md5"),
  ECS_DLL_SHA1(Part.ECS, "dll.hash.sha1"),
  ECS_DLL_SHA256(Part.ECS, "dll.hash.sha256"),
  ECS_DLL_SIGNATURE_EXISTS(Part.ECS, "dll.code_signature.exists"),
  ECS_DLL_SIGNATURE_VALID(Part.ECS, "dll.code_signature.valid"),
  ECS_DLL_SIGNATURE_TRUSTED(Part.ECS, "dll.code_signature.trusted"),
  ECS_DLL_SIGNATURE_STATUS(Part.ECS, "dll.code_signature.status"),
  ECS_DLL_SIGNER(Part.ECS, "dll.code_signature.subject_name"),
  ECS_PROCESS_ORIGINAL_FILE_NAME(Part.ECS, "process.pe.original_file_name"),
  ECS_PROCESS_SIGNATURE_EXISTS(Part.ECS, "process.code_signature.exists"),
  ECS_PROCESS_SIGNATURE_VALID(Part.ECS, "process.code_signature.valid"),
  ECS_PROCESS_SIGNATURE_TRUSTED(Part.ECS, "process.code_signature.trusted"),
  ECS_PROCESS_SIGNATURE_STATUS(Part.ECS, "process.code_signature.status"),
  ECS_PROCESS_SIGNER(Part.ECS, "process.code_signature.subject_name"),
  ECS_SCRIPT_BLOCK_TEXT(Part.ECS, "powershell.file.script_block_text"),
  ECS_SCRIPT_BLOCK_ID(Part.ECS, "powershell.file.script_block_id"),
  ECS_POWERSHELL_SEQUENCE(Part.ECS, "powershell.sequence"),
  ECS_POWERSHELL_TOTAL(Part.ECS, "powershell.total"),

  // Each place of an event id has a field of its own, because the place tells shapes apart.
  EVENT_ID(Part.SYSTEM, true),
  SYSTEM_EVENT_ID(Part.SYSTEM, true),
  WINLOG_EVENT_ID(Part.SYSTEM, true),
  BEAT_EVENT_ID(Part.SYSTEM, true),
  PROVIDER(Part.SYSTEM, false),
  CHANNEL(Part.SYSTEM, false),
  RECORD_ID(Part.SYSTEM, false),
  HOSTNAME(Part.SYSTEM, true),
  COMPUTER(Part.SYSTEM, true),
  TIMESTAMP(Part.SYSTEM, false),
  SYSTEM_TIME(Part.SYSTEM, false),
  TIME_CREATED(Part.SYSTEM, false),
  TIME_GENERATED(Part.SYSTEM, false),
  EVENT_TIME(Part.SYSTEM, false),
  LOGSTASH_VERSION(Part.SYSTEM, false),
  LOGGING_PROCESS_ID(Part.SYSTEM, false),
  USER_ID(Part.SYSTEM, false),
  EVENT_DATA(Part.SYSTEM, true),
  MESSAGE(Part.SYSTEM, false),

  UTC_TIME(Part.DATA, "UtcTime", true),
  EVENT_TYPE(Part.DATA, "EventType"),
  IMAGE(Part.DATA, "Image"),
  PROCESS_ID(Part.DATA, "ProcessId"),
  PROCESS_GUID(Part.DATA, "ProcessGuid"),
  COMMAND_LINE(Part.DATA, "CommandLine"),
  PARENT_IMAGE(Part.DATA, "ParentImage"),
  PARENT_PROCESS_ID(Part.DATA, "ParentProcessId"),
  PARENT_PROCESS_GUID(Part.DATA, "ParentProcessGuid"),
  PARENT_COMMAND_LINE(Part.DATA, "ParentCommandLine"),
  USER(Part.DATA, "User"),
  TARGET_OBJECT(Part.DATA, "TargetObject", true),
  DETAILS(Part.DATA, "Details"),
  NEW_NAME(Part.DATA, "NewName"),
  TARGET_FILENAME(Part.DATA, "TargetFilename", true),
  IMAGE_LOADED(Part.DATA, "ImageLoaded"),
  ORIGINAL_FILE_NAME(Part.DATA, "OriginalFileName"),
  HASHES(Part.DATA, "Hashes"),
  HASH(Part.DATA, "Hash"),
  SIGNED(Part.DATA, "Signed"),
  SIGNATURE(Part.DATA, "Signature"),
  SIGNATURE_STATUS(Part.DATA, "SignatureStatus"),
  OBJECT_TYPE(Part.DATA, "ObjectType"),
  OBJECT_NAME(Part.DATA, "ObjectName"),
  OBJECT_VALUE_NAME(Part.DATA, "ObjectValueName"),
  OPERATION_TYPE(Part.DATA, "OperationType"),
  ACCESS_MASK(Part.DATA, "AccessMask"),
  NEW_VALUE_TYPE(Part.DATA, "NewValueType"),
  PROCESS_NAME(Part.DATA, "ProcessName"),
  NEW_PROCESS_ID(Part.DATA, "NewProcessId"),
  NEW_PROCESS_NAME(Part.DATA, "NewProcessName"),
  PARENT_PROCESS_NAME(Part.DATA, "ParentProcessName"),
  SUBJECT_USER_SID(Part.DATA, "SubjectUserSid"),
  SUBJECT_USER_NAME(Part.DATA, "SubjectUserName"),
  SUBJECT_DOMAIN_NAME(Part.DATA, "SubjectDomainName"),
  PHYSICAL_PATH(Part.DATA, "PhysicalPath"),
  CONFIG_PATH(Part.DATA, "ConfigPath"),
  EFFECTIVE_LOCATION_PATH(Part.DATA, "EffectiveLocationPath"),
  CONFIGURATION(Part.DATA, "Configuration"),
  EDIT_OPERATION_TYPE(Part.DATA, "EditOperationType"),
  OLD_VALUE(Part.DATA, "OldValue"),
  NEW_VALUE(Part.DATA, "NewValue"),
  MODULE_DLL(Part.DATA, "ModuleDll"),
  SCRIPT_BLOCK_TEXT(Part.DATA, "ScriptBlockText"),
  SCRIPT_BLOCK_ID(Part.DATA, "ScriptBlockId"),
  SCRIPT_PATH(Part.DATA, "Path"),
  MESSAGE_NUMBER(Part.DATA, "MessageNumber"),
  MESSAGE_TOTAL(Part.DATA, "MessageTotal");

  /** The part of a record that a field belongs to. */
  enum Part {
    ECS,
    SYSTEM,
    DATA
  }

  private static final Map<String, Field> DATA =
      Arrays.stream(values())
          .filter(field -> field.part == Part.DATA)
          .collect(Collectors.toUnmodifiableMap(field -> field.label, Function.identity()));

  private final Part part;
  private final String label;
  private final boolean readAtOnce;

  Field(Part part, boolean readAtOnce) {
    this(part, "", readAtOnce);
  }

  Field(Part part, String label) {
    this(part, label, false);
  }

  Field(Part part, String label, boolean readAtOnce) {
    this.part = part;
    this.label = label;
    this.readAtOnce = readAtOnce;
  }

  /** Returns the field with that name in {@code EventData}, or null if no mapping reads it. */
  static @Nullable Field ofData(String name) {
    return DATA.get(name);
  }

  Part part() {
    return part;
  }

  /**
   * Returns the dotted path of an ECS field or the name of an {@code EventData} field; empty for
   * others.
   */
  String label() {
    return label;
  }

  /**
   * Whether the value is read while the record is tokenised. This is cheaper than reading it later,
   * but wasted if nothing asks for the value.
   */
  boolean isReadAtOnce() {
    return readAtOnce;
  }
}
