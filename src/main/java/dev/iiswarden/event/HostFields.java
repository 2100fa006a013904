package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/** The ECS field set {@code host}. Immutable. */
public final class HostFields {
  private @Nullable String name;

  /** An empty set, for test scenarios to fill. */
  public HostFields() {}

  HostFields(@Nullable String name) {
    this.name = name;
  }

  /** {@code host.name}, as sent. */
  public @Nullable String getName() {
    return name;
  }

  Document toDocument() {
    return new Document().put("name", name);
  }
}
