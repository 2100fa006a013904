package dev.iiswarden.scenario;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.ConfigurationEvent;
import dev.iiswarden.event.DllFields;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.IisConfigurationFields;
import dev.iiswarden.event.ModuleLoadFailureEvent;
import dev.iiswarden.event.ProcessFields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of what a scenario says of them. Only what matters need be said: what follows from
 * it, such as a file's name from its path, is filled in as Elastic's pipelines would have it.
 */
final class ScenarioEvents {
  /** The kinds of events, each with the {@code event.type} that goes without saying. */
  static final Map<String, String> KINDS =
      Map.of(
          "process", "start",
          "file", "creation",
          "registry", "change",
          "library", "start",
          "script", "info",
          "configuration", "change",
          "failure", "error");

  /** On which an event happened unless it says otherwise. */
  static final String HOST = "WEB01";

  private static final String FAILURE = "failure";
  private static final String CONFIGURATION = "configuration";

  /** All that events know, by ECS name. */
  static final Set<String> FIELDS =
      Set.of(
          "event.id",
          "event.category",
          "event.type",
          "event.provider",
          "event.code",
          "event.action",
          "event.sequence",
          "host.name",
          "user.name",
          "user.domain",
          "user.id",
          "process.name",
          "process.executable",
          "process.pid",
          "process.entity_id",
          "process.command_line",
          "process.pe.original_file_name",
          "process.code_signature.exists",
          "process.code_signature.valid",
          "process.code_signature.status",
          "process.code_signature.subject_name",
          "process.parent.name",
          "process.parent.executable",
          "process.parent.pid",
          "process.parent.entity_id",
          "process.parent.command_line",
          "registry.path",
          "registry.value",
          "registry.data.strings",
          "file.path",
          "file.name",
          "file.extension",
          "file.hash.md5",
          "file.hash.sha1",
          "file.hash.sha256",
          "dll.path",
          "dll.name",
          "dll.hash.md5",
          "dll.hash.sha1",
          "dll.hash.sha256",
          "dll.code_signature.exists",
          "dll.code_signature.valid",
          "dll.code_signature.status",
          "dll.code_signature.subject_name",
          "powershell.file.script_block_text",
          "powershell.file.script_block_id",
          "iis.physical_path",
          "iis.config_path",
          "iis.configuration",
          "iis.edit_operation_type",
          "iis.old_value",
          "iis.new_value");

  private ScenarioEvents() {}

  /**
   * An event.
   *
   * @param fields values by their ECS names: texts, or lists of them
   */
  static Event of(String kind, Instant time, Map<String, Object> fields) {
    Map<String, Object> all = new LinkedHashMap<>(fields);
    all.putIfAbsent("event.type", KINDS.get(kind));
    if (kind.equals(CONFIGURATION)) {
      return common(ConfigurationEvent.builder(), time, all).iis(iis(all)).build();
    }
    if (kind.equals(FAILURE)) {
      String path = text(all, "dll.path");
      return common(ModuleLoadFailureEvent.builder(), time, all)
          .dll(new DllFields(path, last(path)))
          .build();
    }
    complete(kind, all);
    all.put("@timestamp", time.toString());
    Decoded decoded = EventDecoders.ecs().decode(all);
    if (decoded.events().isEmpty()) {
      throw new IllegalArgumentException(
          decoded.malformed().map(Decoded.Malformed::reason).orElse("this is no event"));
    }
    return decoded.events().get(0);
  }

  private static <B extends Event.Builder<B>> B common(
      B builder, Instant time, Map<String, Object> fields) {
    String executable = text(fields, "process.executable");
    String name = text(fields, "process.name");
    return builder
        .timestamp(time)
        .id(text(fields, "event.id"))
        .code(text(fields, "event.code"))
        .type(String.valueOf(text(fields, "event.type")))
        .hostName(text(fields, "host.name"))
        .process(
            ProcessFields.builder()
                .executable(executable)
                .name(name == null ? last(executable) : name)
                .build());
  }

  private static IisConfigurationFields iis(Map<String, Object> fields) {
    return IisConfigurationFields.builder()
        .physicalPath(text(fields, "iis.physical_path"))
        .configPath(text(fields, "iis.config_path"))
        .configuration(text(fields, "iis.configuration"))
        .editOperationType(text(fields, "iis.edit_operation_type"))
        .oldValue(text(fields, "iis.old_value"))
        .newValue(text(fields, "iis.new_value"))
        .build();
  }

  private static void complete(String kind, Map<String, Object> fields) {
    fields.putIfAbsent("event.category", kind.equals("script") ? "process" : kind);
    fill(fields, "process.name", last(text(fields, "process.executable")));
    fill(fields, "process.parent.name", last(text(fields, "process.parent.executable")));
    String file = last(text(fields, "file.path"));
    fill(fields, "file.name", file);
    fill(fields, "file.extension", extension(file));
    fill(fields, "dll.name", last(text(fields, "dll.path")));
    fill(fields, "registry.value", last(text(fields, "registry.path")));
  }

  private static void fill(Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.putIfAbsent(name, value);
    }
  }

  private static @Nullable String text(Map<String, Object> fields, String name) {
    Object value = fields.get(name);
    if (value instanceof List<?> list) {
      return list.isEmpty() ? null : String.valueOf(list.get(0));
    }
    return value == null ? null : value.toString();
  }

  private static @Nullable String last(@Nullable String path) {
    return path == null ? null : path.substring(path.lastIndexOf('\\') + 1);
  }

  private static @Nullable String extension(@Nullable String name) {
    int dot = name == null ? -1 : name.lastIndexOf('.');
    return name == null || dot < 0 ? null : name.substring(dot + 1);
  }
}
