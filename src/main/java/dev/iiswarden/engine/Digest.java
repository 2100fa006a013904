package dev.iiswarden.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, so that nobody can make up a text that is taken for another one. */
final class Digest {
  /** Longer than nearly all paths. */
  private static final int LONGEST = 300;

  private Digest() {}

  /** Returns a new, empty digest. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the digest of a text. */
  static byte[] of(String text) {
    return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a text that stands for the given one and is short: itself, or its digest. */
  static String ofLong(String text) {
    return text.length() <= LONGEST ? text : "sha256:" + HexFormat.of().formatHex(of(text));
  }
}
