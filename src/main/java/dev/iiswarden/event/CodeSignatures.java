package dev.iiswarden.event;

/**
 * Functions for rule conditions on signatures. Where nothing is known of a signature, nothing is
 * said of it: it is neither missing nor anybody's. May be called by several threads.
 */
public final class CodeSignatures {
  private CodeSignatures() {}

  /** Whether it is known that there is no signature, or that it is not a valid one. */
  public static boolean missingOrInvalid(CodeSignatureFields signature) {
    return Boolean.FALSE.equals(signature.getExists())
        || Boolean.FALSE.equals(signature.getValid());
  }

  /**
   * Whether the signature is known to be valid, and that of one of these signers; {@code *} and
   * {@code ?} as in {@link Eql#like(String, String...)}.
   */
  public static boolean signedBy(CodeSignatureFields signature, String... signers) {
    return Boolean.TRUE.equals(signature.getValid())
        && Eql.like(signature.getSubjectName(), signers);
  }

  /** Whether it is not known that the signature is valid and that of one of these signers. */
  public static boolean notSignedBy(CodeSignatureFields signature, String... signers) {
    return !signedBy(signature, signers);
  }
}
