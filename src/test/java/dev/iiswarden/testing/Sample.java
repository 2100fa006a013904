package dev.iiswarden.testing;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A generated record with exactly the fields that the base query reads.
 *
 * @param id its {@code event.id}
 * @param time its {@code @timestamp}
 * @param sequence its {@code event.sequence}
 */
public record Sample(
    String id,
    Instant time,
    @Nullable Long sequence,
    @Nullable String host,
    List<String> categories,
    List<String> types,
    @Nullable String processName,
    @Nullable String registryPath,
    @Nullable String registryValue,
    List<String> registryStrings,
    @Nullable String filePath,
    @Nullable String fileExtension,
    @Nullable String dllPath,
    @Nullable String dllName) {

  /** The record as an ECS document with dotted keys. */
  public Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("@timestamp", time.toString());
    document.put("event.id", id);
    document.put("event.sequence", sequence);
    document.put("host.name", host);
    document.put("event.category", categories);
    document.put("event.type", types);
    document.put("process.name", processName);
    document.put("registry.path", registryPath);
    document.put("registry.value", registryValue);
    document.put("registry.data.strings", registryStrings);
    document.put("file.path", filePath);
    document.put("file.extension", fileExtension);
    document.put("dll.path", dllPath);
    document.put("dll.name", dllName);
    return document;
  }
}
