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
  ECS_IIS_PHYSICAL_PATH(Part.ECS, "iis.physical_path"),
  ECS_IIS_LOCATION_PATH(Part.ECS, "iis.effective_location_path"),
  ECS_IIS_CONFIGURATION(Part.ECS, "iis.configuration"),
  ECS_IIS_OLD_VALUE(Part.ECS, "iis.old_value"),
  ECS_IIS_NEW_VALUE(Part.ECS, "iis.new_value"),

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
  ECS_MESSAGE(Part.SYSTEM, false),
  ECS_ORIGINAL(Part.SYSTEM, false),
  ECS_MARK(Part.SYSTEM, false),

  /** The time of what stands around the record; no layout has a place for it. */
  SURROUNDING_TIME(Part.SYSTEM, false),

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
  HANDLE_ID(Part.DATA, "HandleId"),
  SHARE_LOCAL_PATH(Part.DATA, "ShareLocalPath"),
  RELATIVE_TARGET_NAME(Part.DATA, "RelativeTargetName"),
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
  MESSAGE_TOTAL(Part.DATA, "MessageTotal"),

  // Microsoft Defender advanced hunting: see DefenderMapping.
  DEFENDER_TIMESTAMP(Part.DEFENDER, "Timestamp"),
  DEFENDER_DEVICE_ID(Part.DEFENDER, "DeviceId"),
  DEFENDER_DEVICE_NAME(Part.DEFENDER, "DeviceName"),
  DEFENDER_ACTION_TYPE(Part.DEFENDER, "ActionType"),
  DEFENDER_REPORT_ID(Part.DEFENDER, "ReportId"),
  DEFENDER_REGISTRY_KEY(Part.DEFENDER, "RegistryKey"),
  DEFENDER_REGISTRY_VALUE_NAME(Part.DEFENDER, "RegistryValueName"),
  DEFENDER_REGISTRY_VALUE_DATA(Part.DEFENDER, "RegistryValueData"),
  DEFENDER_PREVIOUS_REGISTRY_KEY(Part.DEFENDER, "PreviousRegistryKey"),
  DEFENDER_PREVIOUS_REGISTRY_VALUE_NAME(Part.DEFENDER, "PreviousRegistryValueName"),
  DEFENDER_FILE_NAME(Part.DEFENDER, "FileName"),
  DEFENDER_FOLDER_PATH(Part.DEFENDER, "FolderPath"),
  DEFENDER_MD5(Part.DEFENDER, "MD5"),
  DEFENDER_SHA1(Part.DEFENDER, "SHA1"),
  DEFENDER_SHA256(Part.DEFENDER, "SHA256"),
  DEFENDER_PROCESS_COMMAND_LINE(Part.DEFENDER, "ProcessCommandLine"),
  DEFENDER_PROCESS_VERSION_INFO_ORIGINAL_FILE_NAME(
      Part.DEFENDER, "ProcessVersionInfoOriginalFileName"),
  DEFENDER_ACCOUNT_DOMAIN(Part.DEFENDER, "AccountDomain"),
  DEFENDER_ACCOUNT_NAME(Part.DEFENDER, "AccountName"),
  DEFENDER_ACCOUNT_SID(Part.DEFENDER, "AccountSid"),
  DEFENDER_INITIATING_PROCESS_ACCOUNT_DOMAIN(Part.DEFENDER, "InitiatingProcessAccountDomain"),
  DEFENDER_INITIATING_PROCESS_ACCOUNT_NAME(Part.DEFENDER, "InitiatingProcessAccountName"),
  DEFENDER_INITIATING_PROCESS_ACCOUNT_SID(Part.DEFENDER, "InitiatingProcessAccountSid"),
  DEFENDER_INITIATING_PROCESS_FILE_NAME(Part.DEFENDER, "InitiatingProcessFileName"),
  DEFENDER_INITIATING_PROCESS_FOLDER_PATH(Part.DEFENDER, "InitiatingProcessFolderPath"),
  DEFENDER_INITIATING_PROCESS_ID(Part.DEFENDER, "InitiatingProcessId"),
  DEFENDER_INITIATING_PROCESS_COMMAND_LINE(Part.DEFENDER, "InitiatingProcessCommandLine"),
  DEFENDER_INITIATING_PROCESS_VERSION_INFO_ORIGINAL_FILE_NAME(
      Part.DEFENDER, "InitiatingProcessVersionInfoOriginalFileName"),
  DEFENDER_INITIATING_PROCESS_PARENT_ID(Part.DEFENDER, "InitiatingProcessParentId"),
  DEFENDER_INITIATING_PROCESS_PARENT_FILE_NAME(Part.DEFENDER, "InitiatingProcessParentFileName"),

  // OCSF: see OcsfMapping.
  OCSF_CLASS_UID(Part.OCSF, "class_uid"),
  OCSF_CATEGORY_UID(Part.OCSF, "category_uid"),
  OCSF_ACTIVITY_ID(Part.OCSF, "activity_id"),
  OCSF_STATUS_ID(Part.OCSF, "status_id"),
  OCSF_TIME(Part.OCSF, "time"),
  OCSF_METADATA_VERSION(Part.OCSF, "metadata.version"),
  OCSF_METADATA_UID(Part.OCSF, "metadata.uid"),
  OCSF_METADATA_PRODUCT_NAME(Part.OCSF, "metadata.product.name"),
  OCSF_DEVICE_HOSTNAME(Part.OCSF, "device.hostname"),
  OCSF_DEVICE_NAME(Part.OCSF, "device.name"),
  OCSF_REG_KEY_PATH(Part.OCSF, "reg_key.path"),
  OCSF_PREV_REG_KEY_PATH(Part.OCSF, "prev_reg_key.path"),
  OCSF_REG_VALUE_PATH(Part.OCSF, "reg_value.path"),
  OCSF_REG_VALUE_NAME(Part.OCSF, "reg_value.name"),
  OCSF_REG_VALUE_DATA(Part.OCSF, "reg_value.data"),
  OCSF_REG_VALUE_REG_STRING_DATA(Part.OCSF, "reg_value.reg_string_data"),
  OCSF_REG_VALUE_REG_STRING_LIST_DATA(Part.OCSF, "reg_value.reg_string_list_data"),
  OCSF_REG_VALUE_REG_INTEGER_DATA(Part.OCSF, "reg_value.reg_integer_data"),
  OCSF_FILE_HASHES_ALGORITHM_ID(Part.OCSF, "file.hashes.algorithm_id"),
  OCSF_FILE_HASHES_VALUE(Part.OCSF, "file.hashes.value"),
  OCSF_FILE_RESULT_PATH(Part.OCSF, "file_result.path"),
  OCSF_MODULE_FILE_PATH(Part.OCSF, "module.file.path"),
  OCSF_MODULE_FILE_NAME(Part.OCSF, "module.file.name"),
  OCSF_MODULE_FILE_HASHES_ALGORITHM_ID(Part.OCSF, "module.file.hashes.algorithm_id"),
  OCSF_MODULE_FILE_HASHES_VALUE(Part.OCSF, "module.file.hashes.value"),
  OCSF_ACTOR_USER_NAME(Part.OCSF, "actor.user.name"),
  OCSF_ACTOR_USER_DOMAIN(Part.OCSF, "actor.user.domain"),
  OCSF_ACTOR_USER_UID(Part.OCSF, "actor.user.uid"),
  OCSF_ACTOR_PROCESS_USER_NAME(Part.OCSF, "actor.process.user.name"),
  OCSF_ACTOR_PROCESS_USER_DOMAIN(Part.OCSF, "actor.process.user.domain"),
  OCSF_ACTOR_PROCESS_USER_UID(Part.OCSF, "actor.process.user.uid"),
  OCSF_ACTOR_PROCESS_NAME(Part.OCSF, "actor.process.name"),
  OCSF_ACTOR_PROCESS_PID(Part.OCSF, "actor.process.pid"),
  OCSF_ACTOR_PROCESS_UID(Part.OCSF, "actor.process.uid"),
  OCSF_ACTOR_PROCESS_CMD_LINE(Part.OCSF, "actor.process.cmd_line"),
  OCSF_ACTOR_PROCESS_PATH(Part.OCSF, "actor.process.path"),
  OCSF_ACTOR_PROCESS_FILE_PATH(Part.OCSF, "actor.process.file.path"),
  OCSF_ACTOR_PROCESS_PARENT_PROCESS_NAME(Part.OCSF, "actor.process.parent_process.name"),
  OCSF_ACTOR_PROCESS_PARENT_PROCESS_PID(Part.OCSF, "actor.process.parent_process.pid"),
  OCSF_ACTOR_PROCESS_PARENT_PROCESS_UID(Part.OCSF, "actor.process.parent_process.uid"),
  OCSF_ACTOR_PROCESS_PARENT_PROCESS_CMD_LINE(Part.OCSF, "actor.process.parent_process.cmd_line"),
  OCSF_ACTOR_PROCESS_PARENT_PROCESS_PATH(Part.OCSF, "actor.process.parent_process.path"),
  OCSF_ACTOR_PROCESS_PARENT_PROCESS_FILE_PATH(Part.OCSF, "actor.process.parent_process.file.path"),
  OCSF_PROCESS_UID(Part.OCSF, "process.uid"),
  OCSF_PROCESS_CMD_LINE(Part.OCSF, "process.cmd_line"),
  OCSF_PROCESS_PATH(Part.OCSF, "process.path"),
  OCSF_PROCESS_FILE_PATH(Part.OCSF, "process.file.path"),
  OCSF_PROCESS_USER_NAME(Part.OCSF, "process.user.name"),
  OCSF_PROCESS_USER_DOMAIN(Part.OCSF, "process.user.domain"),
  OCSF_PROCESS_USER_UID(Part.OCSF, "process.user.uid"),

  // CrowdStrike FDR: see CrowdstrikeMapping.
  FALCON_EVENT_SIMPLE_NAME(Part.FALCON, "event_simpleName"),
  FALCON_EVENT_PLATFORM(Part.FALCON, "event_platform"),
  FALCON_TIMESTAMP(Part.FALCON, "timestamp"),
  FALCON_CONTEXT_TIME_STAMP(Part.FALCON, "ContextTimeStamp"),
  FALCON_ID(Part.FALCON, "id"),
  FALCON_AID(Part.FALCON, "aid"),
  FALCON_COMPUTER_NAME(Part.FALCON, "ComputerName"),
  FALCON_REG_OBJECT_NAME(Part.FALCON, "RegObjectName"),
  FALCON_REG_VALUE_NAME(Part.FALCON, "RegValueName"),
  FALCON_REG_STRING_VALUE(Part.FALCON, "RegStringValue"),
  FALCON_REG_OPERATION_TYPE(Part.FALCON, "RegOperationType"),
  FALCON_TARGET_FILE_NAME(Part.FALCON, "TargetFileName"),
  FALCON_IMAGE_FILE_NAME(Part.FALCON, "ImageFileName"),
  FALCON_TARGET_IMAGE_FILE_NAME(Part.FALCON, "TargetImageFileName"),
  FALCON_MD5_HASH_DATA(Part.FALCON, "MD5HashData"),
  FALCON_SHA1_HASH_DATA(Part.FALCON, "SHA1HashData"),
  FALCON_SHA256_HASH_DATA(Part.FALCON, "SHA256HashData"),
  FALCON_RAW_PROCESS_ID(Part.FALCON, "RawProcessId"),
  FALCON_TARGET_PROCESS_ID(Part.FALCON, "TargetProcessId"),
  FALCON_PARENT_BASE_FILE_NAME(Part.FALCON, "ParentBaseFileName"),
  FALCON_CONTEXT_PROCESS_ID(Part.FALCON, "ContextProcessId"),
  FALCON_CONTEXT_BASE_FILE_NAME(Part.FALCON, "ContextBaseFileName"),
  FALCON_CONTEXT_IMAGE_FILE_NAME(Part.FALCON, "ContextImageFileName"),
  FALCON_USER_NAME(Part.FALCON, "UserName"),
  FALCON_USER_SID(Part.FALCON, "UserSid");

  /** The part of a record that a field belongs to. */
  enum Part {
    ECS,
    SYSTEM,
    DATA,
    DEFENDER,
    OCSF,
    FALCON;

    /** Whether the fields are those of an EDR product's own tables. */
    boolean isOfProduct() {
      return this == DEFENDER || this == OCSF || this == FALCON;
    }
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
