package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/** The ECS field set {@code dll}. Immutable. */
public final class DllFields {
  private @Nullable String path;
  private @Nullable String name;

  /** An empty set, for test scenarios to fill. */
  public DllFields() {}

  /** A set of the given fields, null for what is missing. */
  public DllFields(@Nullable String path, @Nullable String name) {
    this.path = path;
    this.name = name;
  }

  /** {@code dll.path}. */
  public @Nullable String getPath() {
    return path;
  }

  /** {@code dll.name}. */
  public @Nullable String getName() {
    return name;
  }

  Document toDocument() {
    return new Document().put("path", path).put("name", name);
  }
}
