package dev.iiswarden.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ECS field set {@code dll}. Immutable. */
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

  /** An empty set, for snapshots and test scenarios to fill. */
  public DllFields() {}

  /** A set of the given fields, null for what is missing. */
  public DllFields(@Nullable String path, @Nullable String name) {
    this(path, name, HashFields.NONE, CodeSignatureFields.NONE);
  }

  /** A set of the given fields, null and empty for what is missing. */
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

  /** {@code dll.path}. */
  public @Nullable String getPath() {
    return path;
  }

  /** {@code dll.name}. */
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

  /** The path, if there is one. */
  List<String> paths() {
    return path == null ? List.of() : List.of(path);
  }
}
