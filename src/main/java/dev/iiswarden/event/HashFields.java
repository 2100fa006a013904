package dev.iiswarden.event;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ECS field set {@code hash} of {@code file} and {@code dll}. Made by a constructor or {@link
 * #ofSysmon}. Immutable and safe for use by several threads.
 */
public final class HashFields {
  static final FieldSet<HashFields> FIELDS =
      FieldSet.of(HashFields.class)
          .hash("md5", HashFields::getMd5)
          .hash("sha1", HashFields::getSha1)
          .hash("sha256", HashFields::getSha256);

  static final HashFields NONE = new HashFields();

  private @Nullable String md5;
  private @Nullable String sha1;
  private @Nullable String sha256;

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public HashFields() {}

  /** Creates a set of the given hashes in hexadecimal digits; null for missing ones. */
  public HashFields(@Nullable String md5, @Nullable String sha1, @Nullable String sha256) {
    this.md5 = folded(md5);
    this.sha1 = folded(sha1);
    this.sha256 = folded(sha256);
  }

  /**
   * Converts Sysmon's {@code Hashes}: {@code MD5=...,SHA256=...}, in any order ("Sysmon", Microsoft
   * Sysinternals, section "Configuration Entries", {@code HashAlgorithms}).
   *
   * @return the hashes; an empty set if there are none of that form
   */
  public static HashFields ofSysmon(@Nullable String hashes) {
    if (hashes == null) {
      return NONE;
    }
    String md5 = null;
    String sha1 = null;
    String sha256 = null;
    for (String part : hashes.split(",", -1)) {
      int equals = part.indexOf('=');
      String value = part.substring(equals + 1).strip();
      switch (equals < 0 ? "" : part.substring(0, equals).strip().toUpperCase(Locale.ROOT)) {
        case "MD5" -> md5 = value;
        case "SHA1" -> sha1 = value;
        case "SHA256" -> sha256 = value;
        default -> {
          // IMPHASH is not a hash of the file, and Sysmon has no others.
        }
      }
    }
    return new HashFields(md5, sha1, sha256);
  }

  private static @Nullable String folded(@Nullable String hash) {
    return hash == null ? null : hash.toLowerCase(Locale.ROOT);
  }

  /** {@code hash.md5}: the MD5 hash, in lower case; null if unknown. */
  public @Nullable String getMd5() {
    return md5;
  }

  /** {@code hash.sha1}: the SHA-1 hash, in lower case; null if unknown. */
  public @Nullable String getSha1() {
    return sha1;
  }

  /** {@code hash.sha256}: the SHA-256 hash, in lower case; null if unknown. */
  public @Nullable String getSha256() {
    return sha256;
  }

  /** All known hashes. */
  public List<String> all() {
    return Stream.of(md5, sha1, sha256).filter(hash -> hash != null).toList();
  }
}
