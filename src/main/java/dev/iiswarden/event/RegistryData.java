package dev.iiswarden.event;

import java.util.List;

/**
 * The ECS field set {@code registry.data}. Made by {@link RegistryFields}. Immutable and safe for
 * use by several threads.
 */
public final class RegistryData {
  static final FieldSet<RegistryData> FIELDS =
      FieldSet.of(RegistryData.class).texts("strings", RegistryData::getStrings);

  private List<String> strings = List.of();

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public RegistryData() {}

  RegistryData(List<String> strings) {
    this.strings = strings;
  }

  /**
   * {@code registry.data.strings}: the content, one entry per string; empty if unknown.
   *
   * <p>Example: {@code like( registry.data.strings, "*.dll*" )}
   */
  public List<String> getStrings() {
    return strings;
  }
}
