package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/** The ECS field set {@code pe}, as it lies in {@code process}. Immutable. */
public final class PeFields {
  static final FieldSet<PeFields> FIELDS =
      FieldSet.of(PeFields.class).text("original_file_name", PeFields::getOriginalFileName);

  static final PeFields NONE = new PeFields();

  private @Nullable String originalFileName;

  /** An empty set, for snapshots and test scenarios to fill. */
  public PeFields() {}

  /** A set of the given field, null if it is missing. */
  public PeFields(@Nullable String originalFileName) {
    this.originalFileName = originalFileName;
  }

  /** {@code pe.original_file_name}: what the file was called when it was built. */
  public @Nullable String getOriginalFileName() {
    return originalFileName;
  }
}
