package dev.iiswarden.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ECS field set {@code registry}. Immutable. */
public final class RegistryFields {
  static final FieldSet<RegistryFields> FIELDS =
      FieldSet.of(RegistryFields.class)
          .text("path", RegistryFields::getPath)
          .text("value", RegistryFields::getValue)
          .set("data", RegistryFields::getData, RegistryData.FIELDS)
          .text("new_name", RegistryFields::getNewName);

  private static final RegistryData NO_DATA = new RegistryData();

  private @Nullable String path;
  private @Nullable String value;
  private @Nullable RegistryData data;
  private @Nullable String newName;

  /** An empty set, for snapshots and test scenarios to fill. */
  public RegistryFields() {}

  /** A set of the given fields, null and empty for what is missing. */
  public RegistryFields(@Nullable String path, @Nullable String value, List<String> dataStrings) {
    this(path, value, dataStrings, null);
  }

  /** A set of the given fields of a key or value that was renamed; null for what is missing. */
  public RegistryFields(
      @Nullable String path,
      @Nullable String value,
      List<String> dataStrings,
      @Nullable String newName) {
    this.path = path;
    this.value = value;
    this.data = new RegistryData(List.copyOf(dataStrings));
    this.newName = newName;
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

  /** Sysmon's {@code NewName}, the path after a rename; ECS has no field for it. */
  public @Nullable String getNewName() {
    return newName;
  }
}
