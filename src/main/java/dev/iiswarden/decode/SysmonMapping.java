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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Flattened Sysmon events to facts, as Elastic's Sysmon pipeline names them in ECS ("Sysmon",
 * Microsoft Sysinternals, section "Events"; integration "Windows", data stream {@code
 * sysmon_operational}). Where the fields mislead:
 *
 * <ul>
 *   <li>Time is {@code UtcTime}. {@code @timestamp}, {@code TimeCreated} and {@code EventTime}
 *       often hold local time marked as UTC.
 *   <li>The host is {@code Hostname} or {@code Computer}. {@code host} is the collector.
 *   <li>What happened follows from {@code EventID}. {@code EventType} is refined upon only for
 *       event 12, because NXLog has a field of its own by that name.
 *   <li>The actor's pid is {@code ProcessId}. {@code ProcessID} and {@code ExecutionProcessID} are
 *       those of the Sysmon service.
 *   <li>An {@code Image} without a folder, such as {@code System}, has no {@code process.name}.
 * </ul>
 */
final class SysmonMapping {
  private static final int PROCESS_CREATE = 1;
  private static final int IMAGE_LOADED = 7;
  private static final int FILE_CREATE = 11;
  private static final int REGISTRY_CREATE_OR_DELETE = 12;
  private static final int REGISTRY_SET = 13;
  private static final int REGISTRY_RENAME = 14;

  /** As Elastic's pipeline gives them. */
  private static final List<String> REGISTRY_CATEGORIES = List.of("configuration", "registry");

  private static final Field[] PARENT = {
    Field.PARENT_IMAGE,
    Field.PARENT_PROCESS_ID,
    Field.PARENT_PROCESS_GUID,
    Field.PARENT_COMMAND_LINE
  };

  private SysmonMapping() {}

  /** Whether there is an event id, and it is none that a rule can speak of. */
  static boolean isOfNoInterest(FieldValues values) {
    return values.has(Field.EVENT_ID) && !isOurs(eventId(values));
  }

  private static boolean isOurs(int eventId) {
    return switch (eventId) {
      case PROCESS_CREATE,
          IMAGE_LOADED,
          FILE_CREATE,
          REGISTRY_CREATE_OR_DELETE,
          REGISTRY_SET,
          REGISTRY_RENAME ->
          true;
      default -> false;
    };
  }

  static Decoded decode(FieldValues values, long line) {
    int eventId = eventId(values);
    if (!isOurs(eventId) || !isSysmon(values)) {
      return Decoded.nothing();
    }
    Instant timestamp = timestamp(values);
    if (timestamp == null) {
      String utcTime = values.first(Field.UTC_TIME);
      return Decoded.malformed(
          utcTime == null
              ? "no UtcTime, and no other time that names its zone"
              : "UtcTime '" + Timestamps.excerpt(utcTime) + "' is no date",
          line,
          0);
    }
    return Decoded.of(
        switch (eventId) {
          case PROCESS_CREATE ->
              common(ProcessEvent.builder(), values, timestamp, line, "start").build();
          case IMAGE_LOADED -> imageLoaded(values, timestamp, line);
          case FILE_CREATE -> fileCreate(values, timestamp, line);
          case REGISTRY_CREATE_OR_DELETE ->
              registry(values, timestamp, line, createOrDelete(values));
          default -> registry(values, timestamp, line, "change");
        });
  }

  private static int eventId(FieldValues values) {
    Long id = values.firstInteger(Field.EVENT_ID);
    return id == null || id > Integer.MAX_VALUE || id < 0 ? -1 : id.intValue();
  }

  /** Other channels use the same numbers, but UtcTime is a field of Sysmon's events alone. */
  private static boolean isSysmon(FieldValues values) {
    return values.has(Field.UTC_TIME)
        || saysSysmon(values.first(Field.CHANNEL))
        || saysSysmon(values.first(Field.SOURCE_NAME));
  }

  private static boolean saysSysmon(@Nullable String text) {
    return text != null && text.contains("Sysmon");
  }

  private static @Nullable Instant timestamp(FieldValues values) {
    if (values.has(Field.UTC_TIME)) {
      return Timestamps.parse(values.only(Field.UTC_TIME));
    }
    Instant timestamp = Timestamps.parseZoned(values.only(Field.TIMESTAMP));
    return timestamp != null ? timestamp : Timestamps.parseZoned(values.only(Field.TIME_CREATED));
  }

  private static LibraryEvent imageLoaded(FieldValues values, Instant timestamp, long line) {
    return common(LibraryEvent.builder(), values, timestamp, line, "start")
        .dll(
            () -> {
              String path = text(values, Field.IMAGE_LOADED);
              return new DllFields(path, lastPart(path));
            })
        .build();
  }

  private static FileEvent fileCreate(FieldValues values, Instant timestamp, long line) {
    return common(FileEvent.builder(), values, timestamp, line, "creation")
        .file(
            () -> {
              String path = text(values, Field.TARGET_FILENAME);
              String name = lastPart(path);
              return new FileFields(path, name, extension(name));
            })
        .build();
  }

  private static RegistryEvent registry(
      FieldValues values, Instant timestamp, long line, String type) {
    return common(RegistryEvent.builder(), values, timestamp, line, type)
        .category(REGISTRY_CATEGORIES)
        .registry(
            () -> {
              String path = text(values, Field.TARGET_OBJECT);
              String details = text(values, Field.DETAILS);
              return new RegistryFields(
                  path, lastPart(path), details == null ? List.of() : List.of(details));
            })
        .build();
  }

  private static String createOrDelete(FieldValues values) {
    String eventType = values.first(Field.EVENT_TYPE);
    return switch (eventType == null ? "" : eventType) {
      case "CreateKey", "CreateValue" -> "creation";
      case "DeleteKey", "DeleteValue" -> "deletion";
      default -> "change";
    };
  }

  private static <B extends Event.Builder<B>> B common(
      B builder, FieldValues values, Instant timestamp, long line, String type) {
    String host = text(values, Field.HOSTNAME);
    return builder
        .timestamp(timestamp)
        .line(line)
        .type(type)
        .code(values.first(Field.EVENT_ID))
        .hostName(host != null ? host : text(values, Field.COMPUTER))
        .process(() -> actor(values));
  }

  private static ProcessFields actor(FieldValues values) {
    return process(values, Field.IMAGE, Field.PROCESS_ID, Field.PROCESS_GUID, Field.COMMAND_LINE)
        .parent(parent(values))
        .build();
  }

  private static @Nullable ProcessFields parent(FieldValues values) {
    if (!values.hasAny(PARENT)) {
      return null;
    }
    return process(
            values,
            Field.PARENT_IMAGE,
            Field.PARENT_PROCESS_ID,
            Field.PARENT_PROCESS_GUID,
            Field.PARENT_COMMAND_LINE)
        .build();
  }

  private static ProcessFields.Builder process(
      FieldValues values, Field image, Field pid, Field guid, Field commandLine) {
    String executable = text(values, image);
    return ProcessFields.builder()
        .name(executable == null || executable.indexOf('\\') < 0 ? null : lastPart(executable))
        .executable(executable)
        .pid(values.firstInteger(pid))
        .entityId(text(values, guid))
        .commandLine(text(values, commandLine));
  }

  /** A value, unless it is one of the marks by which Sysmon says that there is none. */
  private static @Nullable String text(FieldValues values, Field field) {
    String value = values.first(field);
    return value == null || value.isEmpty() || value.equals("-") || value.equals("(Empty)")
        ? null
        : value;
  }

  private static @Nullable String lastPart(@Nullable String path) {
    return path == null ? null : path.substring(path.lastIndexOf('\\') + 1);
  }

  private static @Nullable String extension(@Nullable String name) {
    int dot = name == null ? -1 : name.lastIndexOf('.');
    return name == null || dot < 0 ? null : name.substring(dot + 1);
  }
}
