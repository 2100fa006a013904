package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/** The ECS field set {@code file}. Immutable. */
public final class FileFields {
  private @Nullable String path;
  private @Nullable String name;
  private @Nullable String extension;

  /** An empty set, for test scenarios to fill. */
  public FileFields() {}

  /** A set of the given fields, null for what is missing. */
  public FileFields(@Nullable String path, @Nullable String name, @Nullable String extension) {
    this.path = path;
    this.name = name;
    this.extension = extension;
  }

  /** {@code file.path}. */
  public @Nullable String getPath() {
    return path;
  }

  /** {@code file.name}. */
  public @Nullable String getName() {
    return name;
  }

  /** {@code file.extension}: without the dot. */
  public @Nullable String getExtension() {
    return extension;
  }

  Document toDocument() {
    return new Document().put("path", path).put("name", name).put("extension", extension);
  }
}
