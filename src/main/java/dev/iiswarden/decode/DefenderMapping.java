package dev.iiswarden.decode;

import dev.iiswarden.event.CodeSignatureFields;
import dev.iiswarden.event.DllFields;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventBuilder;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.HashFields;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.PeFields;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.RegistryFields;
import dev.iiswarden.event.UserFields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps rows of Microsoft Defender's advanced hunting tables to facts (Microsoft Learn, "Advanced
 * hunting schema tables": pages DeviceRegistryEvents, DeviceFileEvents, DeviceImageLoadEvents and
 * DeviceProcessEvents, tables of columns). Log Analytics adds {@code TimeGenerated} ("Azure Monitor
 * Logs reference", same table names). The values of {@code ActionType} are in the portal's schema
 * reference; SigmaHQ's pySigma-backend-microsoft365defender names them, too.
 *
 * <ul>
 *   <li>{@code FolderPath} is described as a folder but holds the whole path, as published queries
 *       rely on. A row that does hold a folder gets {@code FileName} appended.
 *   <li>A deletion may name the key only in {@code PreviousRegistryKey}.
 *   <li>The tables have no signature of a loaded library.
 * </ul>
 */
final class DefenderMapping {
  private DefenderMapping() {}

  static Decoded decode(FieldValues values, long line) {
    String action = values.first(Field.DEFENDER_ACTION_TYPE);
    String type = type(action == null ? "" : action);
    if (action == null || type == null) {
      return Decoded.nothing();
    }
    Field timeField =
        values.has(Field.DEFENDER_TIMESTAMP) ? Field.DEFENDER_TIMESTAMP : Field.TIME_GENERATED;
    Instant time = Timestamps.parse(values.only(timeField));
    if (time == null) {
      return Decoded.malformed(
          values.has(timeField)
              ? "time '" + Timestamps.excerpt(values.first(timeField)) + "' is not one date"
              : "no Timestamp and no TimeGenerated",
          line,
          0);
    }
    return Decoded.of(fact(values, action, type, time, line));
  }

  private static @Nullable String type(String action) {
    return switch (action) {
      case "RegistryKeyCreated", "FileCreated" -> "creation";
      case "RegistryValueSet", "RegistryKeyRenamed", "FileModified", "FileRenamed" -> "change";
      case "RegistryKeyDeleted", "RegistryValueDeleted", "FileDeleted" -> "deletion";
      case "ImageLoaded", "ProcessCreated" -> "start";
      default -> null;
    };
  }

  private static Event fact(
      FieldValues values, String action, String type, Instant time, long line) {
    if (action.startsWith("Registry")) {
      return fill(RegistryEvent.builder(), values, action, type, time, line)
          .registry(() -> registry(values))
          .build();
    }
    if (action.startsWith("File")) {
      return fill(FileEvent.builder(), values, action, type, time, line)
          .file(() -> Paths.file(path(values), hashes(values)))
          .build();
    }
    if (action.equals("ImageLoaded")) {
      return fill(LibraryEvent.builder(), values, action, type, time, line)
          .dll(
              () -> {
                String path = path(values);
                return new DllFields(
                    path, Paths.lastPart(path), hashes(values), new CodeSignatureFields());
              })
          .build();
    }
    return fill(ProcessEvent.builder(), values, action, type, time, line)
        .process(() -> created(values))
        .user(
            () ->
                user(
                    values,
                    Field.DEFENDER_ACCOUNT_NAME,
                    Field.DEFENDER_ACCOUNT_DOMAIN,
                    Field.DEFENDER_ACCOUNT_SID))
        .build();
  }

  private static <B extends EventBuilder<B>> B fill(
      B builder, FieldValues values, String action, String type, Instant time, long line) {
    builder
        .timestamp(time)
        .id(id(values, time))
        .line(line)
        .type(type)
        .provider("Microsoft-Defender")
        .action(action)
        .process(
            () ->
                initiator(values)
                    .parent(
                        ProcessFields.builder()
                            .name(text(values, Field.DEFENDER_INITIATING_PROCESS_PARENT_FILE_NAME))
                            .pid(values.firstInteger(Field.DEFENDER_INITIATING_PROCESS_PARENT_ID))
                            .build())
                    .build())
        .user(
            () ->
                user(
                    values,
                    Field.DEFENDER_INITIATING_PROCESS_ACCOUNT_NAME,
                    Field.DEFENDER_INITIATING_PROCESS_ACCOUNT_DOMAIN,
                    Field.DEFENDER_INITIATING_PROCESS_ACCOUNT_SID));
    String device = text(values, Field.DEFENDER_DEVICE_NAME);
    return device == null
        ? builder.hostName(text(values, Field.DEFENDER_DEVICE_ID))
        : builder.computerName(device);
  }

  /** A report id repeats; only with the device's name and the time it identifies an event. */
  private static @Nullable String id(FieldValues values, Instant time) {
    String report = text(values, Field.DEFENDER_REPORT_ID);
    String device = text(values, Field.DEFENDER_DEVICE_NAME);
    return report == null || device == null ? null : device + ':' + report + ':' + time;
  }

  private static RegistryFields registry(FieldValues values) {
    String key = text(values, Field.DEFENDER_REGISTRY_KEY);
    String value = text(values, Field.DEFENDER_REGISTRY_VALUE_NAME);
    String previousKey = text(values, Field.DEFENDER_PREVIOUS_REGISTRY_KEY);
    if (key == null) {
      key = previousKey;
      value = value == null ? text(values, Field.DEFENDER_PREVIOUS_REGISTRY_VALUE_NAME) : value;
    }
    String data = text(values, Field.DEFENDER_REGISTRY_VALUE_DATA);
    List<String> strings = data == null ? List.of() : List.of(data);
    return "RegistryKeyRenamed".equals(values.first(Field.DEFENDER_ACTION_TYPE))
            && previousKey != null
        ? new RegistryFields(
            RegistryPaths.of(previousKey, null), null, strings, RegistryPaths.of(key, null))
        : new RegistryFields(RegistryPaths.of(key, value), value, strings);
  }

  private static @Nullable String path(FieldValues values) {
    return joined(text(values, Field.DEFENDER_FOLDER_PATH), text(values, Field.DEFENDER_FILE_NAME));
  }

  /** Appends the name to the path, unless it is the path's last part already. */
  private static @Nullable String joined(@Nullable String path, @Nullable String name) {
    if (path == null || name == null) {
      return path == null ? name : path;
    }
    if (name.equalsIgnoreCase(Paths.lastPart(path))) {
      return path;
    }
    return path.endsWith("\\") ? path + name : path + '\\' + name;
  }

  private static HashFields hashes(FieldValues values) {
    return new HashFields(
        text(values, Field.DEFENDER_MD5),
        text(values, Field.DEFENDER_SHA1),
        text(values, Field.DEFENDER_SHA256));
  }

  private static ProcessFields created(FieldValues values) {
    String path = path(values);
    return ProcessFields.builder()
        .name(Paths.lastPart(path))
        .executable(path)
        .pid(values.firstInteger(Field.PROCESS_ID))
        .commandLine(text(values, Field.DEFENDER_PROCESS_COMMAND_LINE))
        .pe(new PeFields(text(values, Field.DEFENDER_PROCESS_VERSION_INFO_ORIGINAL_FILE_NAME)))
        .parent(initiator(values).build())
        .build();
  }

  private static ProcessFields.Builder initiator(FieldValues values) {
    String name = text(values, Field.DEFENDER_INITIATING_PROCESS_FILE_NAME);
    String path = joined(text(values, Field.DEFENDER_INITIATING_PROCESS_FOLDER_PATH), name);
    return ProcessFields.builder()
        .name(name == null ? Paths.processName(path) : name)
        .executable(path)
        .pid(values.firstInteger(Field.DEFENDER_INITIATING_PROCESS_ID))
        .commandLine(text(values, Field.DEFENDER_INITIATING_PROCESS_COMMAND_LINE))
        .pe(
            new PeFields(
                text(values, Field.DEFENDER_INITIATING_PROCESS_VERSION_INFO_ORIGINAL_FILE_NAME)));
  }

  private static UserFields user(FieldValues values, Field name, Field domain, Field sid) {
    return new UserFields(text(values, name), text(values, domain), text(values, sid));
  }

  /** Returns a value; the tables leave a missing text empty. */
  private static @Nullable String text(FieldValues values, Field field) {
    String text = values.first(field);
    return text == null || text.isEmpty() ? null : text;
  }
}
