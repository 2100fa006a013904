package dev.iiswarden.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ECS field set {@code dll}. Made by a constructor. Immutable and safe for use by several
 * threads.
 */
public final class DllFields {
  static final FieldSet<DllFields> FIELDS =
      FieldSet.of(DllFields.class)
          .text("path", DllFields::getPath)
          .text("name", DllFields::getName)
          .set("hash", DllFields::getHash, HashFields.FIELDS)
          .set("code_signature", DllFields::getCodeSignature, CodeSignatureFields.FIELDS);

  private @Nullable String path;
  private @Nullable String name;
  private @Nullable HashFields hash;
  private @Nullable CodeSignatureFields codeSignature;

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public DllFields() {}

  /** Creates a set of the given fields; null for missing ones. */
  public DllFields(@Nullable String path, @Nullable String name) {
    this(path, name, HashFields.NONE, CodeSignatureFields.NONE);
  }

  /** Creates a set of the given fields; null or empty for missing ones. */
  public DllFields(
      @Nullable String path,
      @Nullable String name,
      HashFields hash,
      CodeSignatureFields codeSignature) {
    this.path = path;
    this.name = name;
    this.hash = hash;
    this.codeSignature = codeSignature;
  }

  /** {@code dll.path}: the full path of the DLL; null if unknown. */
  public @Nullable String getPath() {
    return path;
  }

  /** {@code dll.name}: the last part of the path; null if unknown. */
  public @Nullable String getName() {
    return name;
  }

  /** {@code dll.hash}: an empty set if unknown. */
  public HashFields getHash() {
    return hash == null ? HashFields.NONE : hash;
  }

  /** {@code dll.code_signature}: an empty set if unknown. */
  public CodeSignatureFields getCodeSignature() {
    return codeSignature == null ? CodeSignatureFields.NONE : codeSignature;
  }

  /** The path as a list; empty if unknown. */
  List<String> paths() {
    return path == null ? List.of() : List.of(path);
  }
}
