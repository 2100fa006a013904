package dev.iiswarden.decode;

import dev.iiswarden.event.DllFields;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.FileFields;
import dev.iiswarden.event.LibraryEvent;
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
 * ECS documents to facts, one for each of its categories that rules speak of. Fields are read as
 * they stand ("ECS field reference", field sets {@code event}, {@code host}, {@code user}, {@code
 * process}, {@code registry}, {@code file}, {@code dll}; Elastic integration "Windows", field set
 * {@code powershell}), but for the host, which is {@code winlog.computer_name} where there is one.
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

  /** Whether a document has a category for which there is a fact. */
  static boolean speaksOf(FieldValues values) {
    List<String> categories = values.all(Field.ECS_EVENT_CATEGORY);
    return categories.contains("registry")
        || categories.contains("file")
        || categories.contains("library")
        || categories.contains("process");
  }

  static Decoded decode(FieldValues values, long line) {
    Instant timestamp = timestamp(values);
    if (timestamp == null) {
      return Decoded.malformed(complaint(values), line, 0);
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
    return facts.size() == 1 ? Decoded.of(facts.get(0)) : Decoded.of(facts);
  }

  /** Elastic files more under this category than processes that start or end. */
  private static @Nullable Event process(
      FieldValues values, Instant timestamp, long line, List<String> categories) {
    if (isImageLoad(values)) {
      return categories.contains("library")
          ? null
          : imageLoadOfOld(values, timestamp, line, categories);
    }
    if (values.has(Field.ECS_SCRIPT_BLOCK_TEXT)) {
      return scriptBlock(values, timestamp, line, categories);
    }
    return common(ProcessEvent.builder(), values, timestamp, line, categories).build();
  }

  /**
   * As Elastic's own rules tell it: {@code event.action : "Image loaded*"}, or Endpoint's words.
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
   * Before December 2025 Elastic's pipeline put Sysmon's event 7 under {@code process}, and the
   * library under {@code file}, as Endpoint did in 2020. It is the same fact, with the categories
   * it was sent with: by them a rule can tell that the base query does not see it.
   */
  private static LibraryEvent imageLoadOfOld(
      FieldValues values, Instant timestamp, long line, List<String> categories) {
    return common(LibraryEvent.builder(), values, timestamp, line, categories)
        .dll(
            () ->
                new DllFields(values.first(Field.ECS_FILE_PATH), values.first(Field.ECS_FILE_NAME)))
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
    return Timestamps.parse(values.only(Field.TIMESTAMP));
  }

  private static String complaint(FieldValues values) {
    if (!values.has(Field.TIMESTAMP)) {
      return "no @timestamp";
    }
    return values.only(Field.TIMESTAMP) == null
        ? "more than one @timestamp"
        : "@timestamp '" + Timestamps.excerpt(values.first(Field.TIMESTAMP)) + "' is no date";
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
        values.first(Field.ECS_FILE_EXTENSION));
  }

  private static LibraryEvent library(
      FieldValues values, Instant timestamp, long line, List<String> categories) {
    return common(LibraryEvent.builder(), values, timestamp, line, categories)
        .dll(
            () -> new DllFields(values.first(Field.ECS_DLL_PATH), values.first(Field.ECS_DLL_NAME)))
        .build();
  }

  private static <B extends Event.Builder<B>> B common(
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
        .process(() -> actor(values))
        .user(() -> user(values));
    // Of a forwarded event host.name is the collector.
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
        .pid(values.firstInteger(Field.ECS_PROCESS_PID))
        .entityId(values.first(Field.ECS_PROCESS_ENTITY_ID))
        .commandLine(values.first(Field.ECS_PROCESS_COMMAND_LINE))
        .parent(parent(values))
        .build();
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
