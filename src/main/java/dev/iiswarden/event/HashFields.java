package dev.iiswarden.event;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ECS field set {@code hash}, as it lies in {@code file} and {@code dll}. Immutable. */
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

  /** An empty set, for snapshots and test scenarios to fill. */
  public HashFields() {}

  /** A set of the given hashes in hexadecimal digits, null for what is missing. */
  public HashFields(@Nullable String md5, @Nullable String sha1, @Nullable String sha256) {
    this.md5 = folded(md5);
    this.sha1 = folded(sha1);
    this.sha256 = folded(sha256);
  }

  /**
   * What Sysmon writes in {@code Hashes}: {@code MD5=...,SHA256=...}, in any order ("Sysmon",
   * Microsoft Sysinternals, section "Configuration Entries", {@code HashAlgorithms}).
   *
   * @return an empty set if there is nothing of that form in it
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
          // IMPHASH is no hash of the file, and there are no others.
        }
      }
    }
    return new HashFields(md5, sha1, sha256);
  }

  private static @Nullable String folded(@Nullable String hash) {
    return hash == null ? null : hash.toLowerCase(Locale.ROOT);
  }

  /** {@code hash.md5}, in lower case. */
  public @Nullable String getMd5() {
    return md5;
  }

  /** {@code hash.sha1}, in lower case. */
  public @Nullable String getSha1() {
    return sha1;
  }

  /** {@code hash.sha256}, in lower case. */
  public @Nullable String getSha256() {
    return sha256;
  }

  /** All that are known. */
  public List<String> all() {
    return Stream.of(md5, sha1, sha256).filter(hash -> hash != null).toList();
  }
}
