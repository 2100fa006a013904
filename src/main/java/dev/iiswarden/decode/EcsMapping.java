package dev.iiswarden.decode;

import dev.iiswarden.event.DllFields;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.FileFields;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.RegistryFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ECS documents to facts, one for each of its categories that rules speak of. Fields are read as
 * they stand ("ECS field reference", field sets {@code event}, {@code host}, {@code process},
 * {@code registry}, {@code file}, {@code dll}).
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
      facts.add(common(ProcessEvent.builder(), values, timestamp, line, categories).build());
    }
    return facts.size() == 1 ? Decoded.of(facts.get(0)) : Decoded.of(facts);
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
                    values.all(Field.ECS_REGISTRY_DATA_STRINGS)))
        .build();
  }

  private static FileEvent file(
      FieldValues values, Instant timestamp, long line, List<String> categories) {
    return common(FileEvent.builder(), values, timestamp, line, categories)
        .file(
            () ->
                new FileFields(
                    values.first(Field.ECS_FILE_PATH),
                    values.first(Field.ECS_FILE_NAME),
                    values.first(Field.ECS_FILE_EXTENSION)))
        .build();
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
    return builder
        .timestamp(timestamp)
        .id(values.first(Field.ECS_EVENT_ID))
        .line(line)
        .category(categories)
        .type(values.all(Field.ECS_EVENT_TYPE))
        .code(values.first(Field.ECS_EVENT_CODE))
        .action(values.first(Field.ECS_EVENT_ACTION))
        .sequence(values.only(Field.ECS_EVENT_SEQUENCE) instanceof Long sequence ? sequence : null)
        .hostName(values.first(Field.ECS_HOST_NAME))
        .process(() -> process(values));
  }

  private static ProcessFields process(FieldValues values) {
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
