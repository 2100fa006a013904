package dev.iiswarden.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ECS field set {@code registry}. Immutable. */
public final class RegistryFields {
  private static final RegistryData NO_DATA = new RegistryData();

  private @Nullable String path;
  private @Nullable String value;
  private @Nullable RegistryData data;

  /** An empty set, for test scenarios to fill. */
  public RegistryFields() {}

  /** A set of the given fields, null and empty for what is missing. */
  public RegistryFields(@Nullable String path, @Nullable String value, List<String> dataStrings) {
    this.path = path;
    this.value = value;
    this.data = new RegistryData(List.copyOf(dataStrings));
  }

  /** {@code registry.path}: hive, key and value name. */
  public @Nullable String getPath() {
    return path;
  }

  /** {@code registry.value}: the name of the value. */
  public @Nullable String getValue() {
    return value;
  }

  /** {@code registry.data}: what was written; an empty set if unknown. */
  public RegistryData getData() {
    return data == null ? NO_DATA : data;
  }

  Document toDocument() {
    return new Document()
        .put("path", path)
        .put("value", value)
        .put("data", data == null ? null : data.toDocument());
  }
}
