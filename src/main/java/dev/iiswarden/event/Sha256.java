package dev.iiswarden.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256, for what identifies something: nobody can make up a text that is taken for another one.
 * Embedders do not need it. Safe for use by several threads.
 */
public final class Sha256 {
  /** A digest of nothing: to copy it takes a fraction of the time of looking for one. */
  private static final MessageDigest NOTHING = create();

  private Sha256() {}

  /** Returns a new digest of nothing yet, which is not safe for use by several threads. */
  public static MessageDigest begin() {
    try {
      return (MessageDigest) NOTHING.clone();
    } catch (CloneNotSupportedException e) {
      return create();
    }
  }

  private static MessageDigest create() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the digest of bytes: 32 bytes. */
  public static byte[] of(byte[] bytes) {
    return begin().digest(bytes);
  }

  /** Returns the digest of a text in UTF-8: 32 bytes. */
  public static byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }
}
