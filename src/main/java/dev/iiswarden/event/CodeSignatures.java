package dev.iiswarden.event;

/**
 * Functions on code signatures for rule conditions. An unknown signature counts neither as missing
 * nor as signed by anyone. Safe for use by several threads.
 */
public final class CodeSignatures {
  private CodeSignatures() {}

  /**
   * Returns whether the signature is known to be missing or invalid.
   *
   * <p>Example: {@code missingOrInvalid( dll.codeSignature )}
   */
  public static boolean missingOrInvalid(CodeSignatureFields signature) {
    return Boolean.FALSE.equals(signature.getExists())
        || Boolean.FALSE.equals(signature.getValid());
  }

  /**
   * Returns whether the signature is known to be valid and made by one of these signers; {@code *}
   * and {@code ?} are wildcards as in {@link Eql#like(String, String...)}.
   *
   * <p>Example: {@code signedBy( dll.codeSignature, "Microsoft Windows" )}
   */
  public static boolean signedBy(CodeSignatureFields signature, String... signers) {
    return Boolean.TRUE.equals(signature.getValid())
        && Eql.like(signature.getSubjectName(), signers);
  }

  /**
   * The negation of {@link #signedBy}; true if the signature is unknown.
   *
   * <p>Example: {@code notSignedBy( dll.codeSignature, "Microsoft Windows" )}
   */
  public static boolean notSignedBy(CodeSignatureFields signature, String... signers) {
    return !signedBy(signature, signers);
  }
}
