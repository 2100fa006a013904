package dev.iiswarden.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ECS field set {@code registry}. Made by a constructor. Immutable and safe for use by several
 * threads.
 */
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

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public RegistryFields() {}

  /** Creates a set of the given fields; null or empty for missing ones. */
  public RegistryFields(@Nullable String path, @Nullable String value, List<String> dataStrings) {
    this(path, value, dataStrings, null);
  }

  /** Creates a set of the given fields of a renamed key or value; null for missing ones. */
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

  /** {@code registry.path}: hive, key and value name; null if unknown. */
  public @Nullable String getPath() {
    return path;
  }

  /** {@code registry.value}: the name of the value; null if unknown. */
  public @Nullable String getValue() {
    return value;
  }

  /** {@code registry.data}: the written data; an empty set if unknown. */
  public RegistryData getData() {
    return data == null ? NO_DATA : data;
  }

  /**
   * {@code registry.new_name}: the path after a rename, Sysmon's {@code NewName}; null if unknown.
   * ECS has no such field.
   */
  public @Nullable String getNewName() {
    return newName;
  }
}
