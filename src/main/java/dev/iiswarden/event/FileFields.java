package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/** The ECS field set {@code file}. Immutable. */
public final class FileFields {
  static final FieldSet<FileFields> FIELDS =
      FieldSet.of(FileFields.class)
          .text("path", FileFields::getPath)
          .text("name", FileFields::getName)
          .text("extension", FileFields::getExtension)
          .set("hash", FileFields::getHash, HashFields.FIELDS);

  private @Nullable String path;
  private @Nullable String name;
  private @Nullable String extension;
  private @Nullable HashFields hash;

  /** An empty set, for snapshots and test scenarios to fill. */
  public FileFields() {}

  /** A set of the given fields, null for what is missing. */
  public FileFields(@Nullable String path, @Nullable String name, @Nullable String extension) {
    this(path, name, extension, HashFields.NONE);
  }

  /** A set of the given fields, null and empty for what is missing. */
  public FileFields(
      @Nullable String path, @Nullable String name, @Nullable String extension, HashFields hash) {
    this.path = path;
    this.name = name;
    this.extension = extension;
    this.hash = hash;
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

  /** {@code file.hash}: an empty set if unknown. */
  public HashFields getHash() {
    return hash == null ? HashFields.NONE : hash;
  }
}
