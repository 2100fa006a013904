package dev.iiswarden.event;

import java.util.List;

/** The ECS field set {@code registry.data}. Immutable. */
public final class RegistryData {
  static final FieldSet<RegistryData> FIELDS =
      FieldSet.of(RegistryData.class).texts("strings", RegistryData::getStrings);

  private List<String> strings = List.of();

  /** An empty set, for snapshots and test scenarios to fill. */
  public RegistryData() {}

  RegistryData(List<String> strings) {
    this.strings = strings;
  }

  /** {@code registry.data.strings}: the content, one entry a string. */
  public List<String> getStrings() {
    return strings;
  }
}
