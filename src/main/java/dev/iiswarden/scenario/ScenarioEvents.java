package dev.iiswarden.scenario;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes events from the fields of a scenario. A scenario needs to state only the fields that
 * matter: the type, the category and the fields that follow from a path, such as a file's name, are
 * filled in as Elastic's pipelines do.
 */
final class ScenarioEvents {
  /** The default host of an event. */
  static final String HOST = "WEB01";

  private ScenarioEvents() {}

  /**
   * Creates an event.
   *
   * @param fields the values by ECS name: texts, or lists of texts
   * @throws IllegalArgumentException if the kind has no such field, or a value does not have its
   *     type
   */
  static Event of(EventKind kind, Instant time, Map<String, Object> fields) {
    Map<String, Object> all = new LinkedHashMap<>(fields);
    all.putIfAbsent("event.type", kind.types().get(0));
    all.putIfAbsent("event.category", kind.category());
    fill(kind, all, "process.name", last(text(all, "process.executable")));
    fill(kind, all, "process.parent.name", last(text(all, "process.parent.executable")));
    fill(kind, all, "file.name", last(text(all, "file.path")));
    fill(kind, all, "file.extension", extension(text(all, "file.name")));
    fill(kind, all, "dll.name", last(text(all, "dll.path")));
    fill(kind, all, "registry.value", last(text(all, "registry.path")));
    return kind.event(time, all);
  }

  private static void fill(
      EventKind kind, Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null && kind.field(name).isPresent()) {
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
