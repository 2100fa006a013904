package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/**
 * The ECS field set {@code pe} of {@code process}. Made by a constructor. Immutable and safe for
 * use by several threads.
 */
public final class PeFields {
  static final FieldSet<PeFields> FIELDS =
      FieldSet.of(PeFields.class).text("original_file_name", PeFields::getOriginalFileName);

  static final PeFields NONE = new PeFields();

  private @Nullable String originalFileName;

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public PeFields() {}

  /** Creates a set of the given field; null if it is missing. */
  public PeFields(@Nullable String originalFileName) {
    this.originalFileName = originalFileName;
  }

  /** {@code pe.original_file_name}: the file's name when it was built; null if unknown. */
  public @Nullable String getOriginalFileName() {
    return originalFileName;
  }
}
