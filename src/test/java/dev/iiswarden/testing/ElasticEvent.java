package dev.iiswarden.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Converts a Sysmon event to ECS with dotted names: as two versions of Elastic's Sysmon pipeline
 * write it, and as Elastic Endpoint would report it.
 */
public final class ElasticEvent {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ElasticEvent() {}

  /** Before December 2025: an image load is of category process, and its DLL a file. */
  public static Map<String, Object> sysmonOfOld(WindowsEvent event) {
    Map<String, String> data = event.data();
    Map<String, Object> document = common(event.time(), data);
    document.put("event.code", Integer.toString(event.id()));
    document.put("event.provider", event.provider());
    document.put("host.name", "collector");
    document.put("winlog.event_id", Integer.toString(event.id()));
    document.put("winlog.channel", event.channel());
    document.put("winlog.computer_name", event.computer());
    switch (event.id()) {
      case 13 -> registry(document, data, List.of("configuration", "registry"));
      case 11 -> file(document, data.getOrDefault("TargetFilename", ""), "file", "creation");
      case 7 -> {
        file(document, data.getOrDefault("ImageLoaded", ""), "process", "change");
        document.put("event.action", "Image loaded");
      }
      default -> throw new IllegalArgumentException("event " + event.id());
    }
    return document;
  }

  /** Since December 2025: an image load is of category library as well. */
  public static Map<String, Object> sysmon(WindowsEvent event) {
    Map<String, Object> document = sysmonOfOld(event);
    if (event.id() == 7) {
      document.put("event.category", List.of("process", "library"));
      document.put("event.type", List.of("change", "start"));
      document.put("event.action", List.of("Image loaded", "load"));
      document.put("dll.path", document.get("file.path"));
      document.put("dll.name", document.get("file.name"));
    }
    return document;
  }

  /** By Elastic Endpoint, which names the machine in {@code host} and has no event id. */
  public static Map<String, Object> endpoint(WindowsEvent event) {
    Map<String, String> data = event.data();
    Map<String, Object> document = common(event.time(), data);
    document.put("event.module", "endpoint");
    document.put("host.name", event.computer());
    document.put("host.hostname", event.computer());
    switch (event.id()) {
      case 13 -> registry(document, data, List.of("registry"));
      case 11 -> file(document, data.getOrDefault("TargetFilename", ""), "file", "creation");
      case 7 -> {
        document.put("event.category", List.of("library"));
        document.put("event.type", List.of("start"));
        document.put("event.action", "load");
        document.put("dll.path", data.getOrDefault("ImageLoaded", ""));
        document.put("dll.name", lastPart(data.getOrDefault("ImageLoaded", ""), '\\'));
      }
      default -> throw new IllegalArgumentException("event " + event.id());
    }
    return document;
  }

  private static Map<String, Object> common(Instant time, Map<String, String> data) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("@timestamp", time.toString());
    document.put("event.kind", "event");
    document.put("process.executable", data.getOrDefault("Image", ""));
    document.put("process.name", lastPart(data.getOrDefault("Image", ""), '\\'));
    document.put("process.pid", Long.valueOf(data.getOrDefault("ProcessId", "0")));
    document.put("process.entity_id", data.getOrDefault("ProcessGuid", ""));
    return document;
  }

  private static void registry(
      Map<String, Object> document, Map<String, String> data, List<String> categories) {
    String path = data.getOrDefault("TargetObject", "");
    document.put("event.category", categories);
    document.put("event.type", List.of("change"));
    document.put("registry.path", path);
    document.put("registry.value", lastPart(path, '\\'));
    document.put("registry.data.strings", List.of(data.getOrDefault("Details", "")));
  }

  private static void file(
      Map<String, Object> document, String path, String category, String type) {
    document.put("event.category", List.of(category));
    document.put("event.type", List.of(type));
    document.put("file.path", path);
    document.put("file.name", lastPart(path, '\\'));
    document.put("file.extension", lastPart(path, '.'));
  }

  private static String lastPart(String text, char separator) {
    return text.substring(text.lastIndexOf(separator) + 1);
  }

  /** The document as JSON with its dotted keys. */
  public static String dotted(Map<String, Object> document) {
    return json(document);
  }

  /** The document as JSON with nested keys. */
  @SuppressWarnings("unchecked")
  public static String nested(Map<String, Object> document) {
    Map<String, Object> root = new TreeMap<>();
    document.forEach(
        (key, value) -> {
          Map<String, Object> at = root;
          String[] names = key.split("\\.", -1);
          for (int i = 0; i < names.length - 1; i++) {
            at = (Map<String, Object>) at.computeIfAbsent(names[i], unused -> new TreeMap<>());
          }
          at.put(names[names.length - 1], value);
        });
    return json(root);
  }

  private static String json(Map<String, Object> document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
