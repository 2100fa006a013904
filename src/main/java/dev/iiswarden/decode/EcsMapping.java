package dev.iiswarden.decode;

import dev.iiswarden.event.CodeSignatureFields;
import dev.iiswarden.event.ConfigurationEvent;
import dev.iiswarden.event.DllFields;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventBuilder;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.FileFields;
import dev.iiswarden.event.HashFields;
import dev.iiswarden.event.IisConfigurationFields;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.PeFields;
import dev.iiswarden.event.PowershellFields;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.RegistryFields;
import dev.iiswarden.event.ScriptBlockEvent;
import dev.iiswarden.event.ScriptBlockFields;
import dev.iiswarden.event.UserFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps an ECS document to facts, one for each of its categories that rules can match. Fields keep
 * their values ("ECS field reference", field sets {@code event}, {@code host}, {@code user}, {@code
 * process}, {@code registry}, {@code file}, {@code dll}; Elastic integration "Windows", field set
 * {@code powershell}; {@code iis} of an inventory). The only exception is the host: {@code
 * winlog.computer_name} takes precedence if it is present.
 */
final class EcsMapping {
  private static final Field[] PARENT = {
    Field.ECS_PARENT_NAME,
    Field.ECS_PARENT_EXECUTABLE,
    Field.ECS_PARENT_PID,
    Field.ECS_PARENT_ENTITY_ID,
    Field.ECS_PARENT_COMMAND_LINE
  };

  private EcsMapping() {}

  /** Whether a document has a category that maps to a fact. */
  static boolean hasKnownCategory(FieldValues values) {
    List<String> categories = values.all(Field.ECS_EVENT_CATEGORY);
    return categories.contains("registry")
        || categories.contains("file")
        || categories.contains("library")
        || categories.contains("process");
  }

  static Decoded decode(FieldValues values, long line) {
    Instant timestamp = timestamp(values);
    if (timestamp == null) {
      return Decoded.withoutTime(complaint(values), line);
    }
    List<String> categories = values.all(Field.ECS_EVENT_CATEGORY);
    List<Event> facts = new ArrayList<>(1);
    if (categories.contains("registry")) {
      facts.add(registry(values, timestamp, line, categories));
    }
    if (categories.contains("file")) {
      facts.add(file(values, timestamp, line, categories));
    }
    if (categories.contains("library")) {
      facts.add(library(values, timestamp, line, categories));
    }
    if (categories.contains("process")) {
      Event event = process(values, timestamp, line, categories);
      if (event != null) {
        facts.add(event);
      }
    }
    if (categories.contains("configuration") && values.has(Field.ECS_IIS_CONFIGURATION)) {
      facts.add(inventoried(values, timestamp, line, categories));
    }
    return facts.size() == 1 ? Decoded.of(facts.get(0)) : Decoded.of(facts);
  }

  /**
   * Maps a line of an inventory (package {@code dev.iiswarden.inventory}), in which {@code
   * host.name} is the name that Windows has for the machine.
   */
  private static ConfigurationEvent inventoried(
      FieldValues values, Instant timestamp, long line, List<String> categories) {
    ConfigurationEvent.Builder event =
        common(ConfigurationEvent.builder(), values, timestamp, line, categories);
    if (!values.has(Field.COMPUTER)) {
      event.computerName(values.first(Field.ECS_HOST_NAME));
    }
    return event
        .iis(
            IisConfigurationFields.builder()
                .physicalPath(values.first(Field.ECS_IIS_PHYSICAL_PATH))
                .effectiveLocationPath(values.first(Field.ECS_IIS_LOCATION_PATH))
                .configuration(values.first(Field.ECS_IIS_CONFIGURATION))
                .oldValue(values.first(Field.ECS_IIS_OLD_VALUE))
                .newValue(values.first(Field.ECS_IIS_NEW_VALUE))
                .build())
        .build();
  }

  /** Elastic also uses this category for events other than process starts and ends. */
  private static @Nullable Event process(
      FieldValues values, Instant timestamp, long line, List<String> categories) {
    if (isImageLoad(values)) {
      return categories.contains("library")
          ? null
          : formerImageLoad(values, timestamp, line, categories);
    }
    if (values.has(Field.ECS_SCRIPT_BLOCK_TEXT)) {
      return scriptBlock(values, timestamp, line, categories);
    }
    return common(ProcessEvent.builder(), values, timestamp, line, categories).build();
  }

  /**
   * Recognises image loads as Elastic's own rules do, by {@code event.action : "Image loaded*"}, or
   * by Endpoint's actions.
   */
  private static boolean isImageLoad(FieldValues values) {
    for (String action : values.all(Field.ECS_EVENT_ACTION)) {
      if (action.startsWith("Image loaded") || action.equals("load") || action.equals("loaded")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Maps an image load that has no category {@code library}. Before December 2025 Elastic's
   * pipeline put Sysmon's event 7 under {@code process} and the library under {@code file}, as
   * Endpoint did in 2020. The fact is the same but keeps the categories it was sent with. They tell
   * a rule that the base query does not see this event.
   */
  private static LibraryEvent formerImageLoad(
      FieldValues values, Instant timestamp, long line, List<String> categories) {
    return common(LibraryEvent.builder(), values, timestamp, line, categories)
        .dll(
            () ->
                new DllFields(
                    values.first(Field.ECS_FILE_PATH),
                    values.first(Field.ECS_FILE_NAME),
                    fileHash(values),
                    fileSignature(values)))
        .build();
  }

  private static ScriptBlockEvent scriptBlock(
      FieldValues values, Instant timestamp, long line, List<String> categories) {
    return common(ScriptBlockEvent.builder(), values, timestamp, line, categories)
        .powershell(
            new PowershellFields(
                new ScriptBlockFields(
                    values.first(Field.ECS_SCRIPT_BLOCK_TEXT),
                    values.first(Field.ECS_SCRIPT_BLOCK_ID)),
                values.firstInteger(Field.ECS_POWERSHELL_SEQUENCE),
                values.firstInteger(Field.ECS_POWERSHELL_TOTAL)))
        .file(fileFields(values))
        .build();
  }

  private static @Nullable Instant timestamp(FieldValues values) {
    return values.has(Field.TIMESTAMP) || !(values.only(Field.SURROUNDING_TIME) instanceof Instant)
        ? Timestamps.parse(values.only(Field.TIMESTAMP))
        : (Instant) values.only(Field.SURROUNDING_TIME);
  }

  private static String complaint(FieldValues values) {
    if (!values.has(Field.TIMESTAMP)) {
      return "no @timestamp";
    }
    return values.only(Field.TIMESTAMP) == null
        ? "more than one @timestamp"
        : "@timestamp '" + Timestamps.excerpt(values.first(Field.TIMESTAMP)) + "' is not a date";
  }

  private static RegistryEvent registry(
      FieldValues values, Instant timestamp, long line, List<String> categories) {
    return common(RegistryEvent.builder(), values, timestamp, line, categories)
        .registry(
            () ->
                new RegistryFields(
                    values.first(Field.ECS_REGISTRY_PATH),
                    values.first(Field.ECS_REGISTRY_VALUE),
                    values.all(Field.ECS_REGISTRY_DATA_STRINGS),
                    values.first(Field.NEW_NAME)))
        .build();
  }

  private static FileEvent file(
      FieldValues values, Instant timestamp, long line, List<String> categories) {
    return common(FileEvent.builder(), values, timestamp, line, categories)
        .file(() -> fileFields(values))
        .build();
  }

  private static FileFields fileFields(FieldValues values) {
    return new FileFields(
        values.first(Field.ECS_FILE_PATH),
        values.first(Field.ECS_FILE_NAME),
        values.first(Field.ECS_FILE_EXTENSION),
        fileHash(values));
  }

  private static HashFields fileHash(FieldValues values) {
    return new HashFields(
        values.first(Field.ECS_FILE_MD5),
        values.first(Field.ECS_FILE_SHA1),
        values.first(Field.ECS_FILE_SHA256));
  }

  private static CodeSignatureFields fileSignature(FieldValues values) {
    return signature(
        values.first(Field.ECS_FILE_SIGNATURE_EXISTS),
        values.first(Field.ECS_FILE_SIGNATURE_VALID),
        values.first(Field.ECS_FILE_SIGNATURE_TRUSTED),
        values.first(Field.ECS_FILE_SIGNATURE_STATUS),
        values.first(Field.ECS_FILE_SIGNER));
  }

  /** Elastic Endpoint has {@code trusted} where Elastic's Sysmon pipeline has {@code valid}. */
  private static CodeSignatureFields signature(
      @Nullable String exists,
      @Nullable String valid,
      @Nullable String trusted,
      @Nullable String status,
      @Nullable String signer) {
    String verdict = trusted == null ? valid : trusted;
    return new CodeSignatureFields(
        exists == null ? null : Boolean.valueOf(exists),
        verdict == null ? null : Boolean.valueOf(verdict),
        status,
        signer);
  }

  /**
   * Falls back to the hash and signature of {@code file}, which older documents have in place of
   * {@code dll.code_signature}.
   */
  private static DllFields dll(FieldValues values) {
    CodeSignatureFields own =
        signature(
            values.first(Field.ECS_DLL_SIGNATURE_EXISTS),
            values.first(Field.ECS_DLL_SIGNATURE_VALID),
            values.first(Field.ECS_DLL_SIGNATURE_TRUSTED),
            values.first(Field.ECS_DLL_SIGNATURE_STATUS),
            values.first(Field.ECS_DLL_SIGNER));
    HashFields hash =
        new HashFields(
            values.first(Field.ECS_DLL_MD5),
            values.first(Field.ECS_DLL_SHA1),
            values.first(Field.ECS_DLL_SHA256));
    return new DllFields(
        values.first(Field.ECS_DLL_PATH),
        values.first(Field.ECS_DLL_NAME),
        hash.all().isEmpty() ? fileHash(values) : hash,
        own.isKnown() ? own : fileSignature(values));
  }

  private static LibraryEvent library(
      FieldValues values, Instant timestamp, long line, List<String> categories) {
    return common(LibraryEvent.builder(), values, timestamp, line, categories)
        .dll(() -> dll(values))
        .build();
  }

  private static <B extends EventBuilder<B>> B common(
      B builder, FieldValues values, Instant timestamp, long line, List<String> categories) {
    builder
        .timestamp(timestamp)
        .id(values.first(Field.ECS_EVENT_ID))
        .line(line)
        .category(categories)
        .type(values.all(Field.ECS_EVENT_TYPE))
        .provider(values.first(Field.ECS_EVENT_PROVIDER))
        .code(values.first(Field.ECS_EVENT_CODE))
        .action(values.first(Field.ECS_EVENT_ACTION))
        .sequence(values.only(Field.ECS_EVENT_SEQUENCE) instanceof Long sequence ? sequence : null)
        .logRecord(values::logRecord)
        .process(() -> actor(values))
        .user(() -> user(values));
    // In a forwarded event host.name is the collector.
    String computer = values.first(Field.COMPUTER);
    return computer == null
        ? builder.hostName(values.first(Field.ECS_HOST_NAME))
        : builder.computerName(computer);
  }

  private static UserFields user(FieldValues values) {
    return new UserFields(
        values.first(Field.ECS_USER_NAME),
        values.first(Field.ECS_USER_DOMAIN),
        values.first(Field.ECS_USER_ID));
  }

  private static ProcessFields actor(FieldValues values) {
    return ProcessFields.builder()
        .name(values.first(Field.ECS_PROCESS_NAME))
        .executable(values.first(Field.ECS_PROCESS_EXECUTABLE))
        .rest(
            () ->
                ProcessFields.builder()
                    .pid(values.firstInteger(Field.ECS_PROCESS_PID))
                    .entityId(values.first(Field.ECS_PROCESS_ENTITY_ID))
                    .commandLine(values.first(Field.ECS_PROCESS_COMMAND_LINE))
                    .pe(new PeFields(values.first(Field.ECS_PROCESS_ORIGINAL_FILE_NAME)))
                    .codeSignature(processSignature(values))
                    .parent(parent(values))
                    .build())
        .build();
  }

  private static CodeSignatureFields processSignature(FieldValues values) {
    return signature(
        values.first(Field.ECS_PROCESS_SIGNATURE_EXISTS),
        values.first(Field.ECS_PROCESS_SIGNATURE_VALID),
        values.first(Field.ECS_PROCESS_SIGNATURE_TRUSTED),
        values.first(Field.ECS_PROCESS_SIGNATURE_STATUS),
        values.first(Field.ECS_PROCESS_SIGNER));
  }

  private static @Nullable ProcessFields parent(FieldValues values) {
    if (!values.hasAny(PARENT)) {
      return null;
    }
    return ProcessFields.builder()
        .name(values.first(Field.ECS_PARENT_NAME))
        .executable(values.first(Field.ECS_PARENT_EXECUTABLE))
        .pid(values.firstInteger(Field.ECS_PARENT_PID))
        .entityId(values.first(Field.ECS_PARENT_ENTITY_ID))
        .commandLine(values.first(Field.ECS_PARENT_COMMAND_LINE))
        .build();
  }
}
