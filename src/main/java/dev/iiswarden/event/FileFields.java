package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/**
 * The ECS field set {@code file}. Made by a constructor. Immutable and safe for use by several
 * threads.
 */
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

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public FileFields() {}

  /** Creates a set of the given fields; null for missing ones. */
  public FileFields(@Nullable String path, @Nullable String name, @Nullable String extension) {
    this(path, name, extension, HashFields.NONE);
  }

  /** Creates a set of the given fields; null or empty for missing ones. */
  public FileFields(
      @Nullable String path, @Nullable String name, @Nullable String extension, HashFields hash) {
    this.path = path;
    this.name = name;
    this.extension = extension;
    this.hash = hash;
  }

  /** {@code file.path}: the full path of the file; null if unknown. */
  public @Nullable String getPath() {
    return path;
  }

  /** {@code file.name}: the last part of the path; null if unknown. */
  public @Nullable String getName() {
    return name;
  }

  /** {@code file.extension}: the ending of the name, without the dot; null if unknown. */
  public @Nullable String getExtension() {
    return extension;
  }

  /** {@code file.hash}: an empty set if unknown. */
  public HashFields getHash() {
    return hash == null ? HashFields.NONE : hash;
  }
}
