package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/**
 * The ECS field set {@code code_signature}, as it lies in {@code dll} and {@code process}.
 * Immutable.
 */
public final class CodeSignatureFields {
  static final FieldSet<CodeSignatureFields> FIELDS =
      FieldSet.of(CodeSignatureFields.class)
          .bool("exists", CodeSignatureFields::getExists)
          .bool("valid", CodeSignatureFields::getValid)
          .text("status", CodeSignatureFields::getStatus)
          .text("subject_name", CodeSignatureFields::getSubjectName);

  static final CodeSignatureFields NONE = new CodeSignatureFields();

  private @Nullable Boolean exists;
  private @Nullable Boolean valid;
  private @Nullable String status;
  private @Nullable String subjectName;

  /** An empty set, for snapshots and test scenarios to fill. */
  public CodeSignatureFields() {}

  /** A set of the given fields, null for what is missing. */
  public CodeSignatureFields(
      @Nullable Boolean exists,
      @Nullable Boolean valid,
      @Nullable String status,
      @Nullable String subjectName) {
    this.exists = exists;
    this.valid = valid;
    this.status = status;
    this.subjectName = subjectName;
  }

  /**
   * What Sysmon says of an image it saw loaded: {@code Signed} is {@code true}, {@code false}, or
   * what went wrong; {@code SignatureStatus} is {@code Valid} or what is the matter.
   */
  public static CodeSignatureFields ofSysmon(
      @Nullable String signed, @Nullable String status, @Nullable String signature) {
    return signed == null && status == null && signature == null
        ? NONE
        : new CodeSignatureFields(
            signed == null ? null : !signed.equalsIgnoreCase("false"),
            status == null ? null : status.equalsIgnoreCase("Valid"),
            status,
            signature);
  }

  /** {@code code_signature.exists}; null if unknown. */
  public @Nullable Boolean getExists() {
    return exists;
  }

  /** {@code code_signature.valid}, or {@code trusted} where only that is sent; null if unknown. */
  public @Nullable Boolean getValid() {
    return valid;
  }

  /** {@code code_signature.status}. */
  public @Nullable String getStatus() {
    return status;
  }

  /** {@code code_signature.subject_name}: the signer, which only a valid signature vouches for. */
  public @Nullable String getSubjectName() {
    return subjectName;
  }

  /** Whether anything is known of a signature, be it that there is none. */
  public boolean isKnown() {
    return exists != null || valid != null || status != null || subjectName != null;
  }
}
