package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/** The ECS field set {@code dll}. Immutable. */
public final class DllFields {
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

  Document toDocument() {
    return new Document()
        .put("path", path)
        .put("name", name)
        .put("hash", getHash().toDocument())
        .put("code_signature", getCodeSignature().toDocument());
  }
}
