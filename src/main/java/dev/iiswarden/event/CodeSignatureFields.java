package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/**
 * The ECS field set {@code code_signature} of {@code dll} and {@code process}. Made by a
 * constructor or {@link #ofSysmon}. Immutable and safe for use by several threads.
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

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public CodeSignatureFields() {}

  /** Creates a set of the given fields; null for missing ones. */
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
   * Converts the signature fields of Sysmon's image load event. {@code Signed} is {@code true},
   * {@code false} or an error text; {@code SignatureStatus} is {@code Valid} or the reason why the
   * signature is not.
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

  /** {@code code_signature.exists}: whether the file is signed; null if unknown. */
  public @Nullable Boolean getExists() {
    return exists;
  }

  /**
   * {@code code_signature.valid}: whether the signature is valid, or {@code code_signature.trusted}
   * if only that is sent; null if unknown.
   */
  public @Nullable Boolean getValid() {
    return valid;
  }

  /**
   * {@code code_signature.status}: the verdict in words, such as {@code Valid} or {@code Expired};
   * null if unknown.
   */
  public @Nullable String getStatus() {
    return status;
  }

  /**
   * {@code code_signature.subject_name}: the signer, proven only by a valid signature; null if
   * unknown.
   */
  public @Nullable String getSubjectName() {
    return subjectName;
  }

  /** Returns whether anything is known about the signature, including that there is none. */
  public boolean isKnown() {
    return exists != null || valid != null || status != null || subjectName != null;
  }
}
