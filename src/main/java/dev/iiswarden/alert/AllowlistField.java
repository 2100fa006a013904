package dev.iiswarden.alert;

import java.util.Optional;
import java.util.stream.Stream;

/** What an entry of an {@link Allowlist} can ask of an alert, by the name it has in the file. */
public enum AllowlistField {
  /** The rule's id; {@code *} and {@code ?} are wildcards. */
  RULE("rule.id"),
  /** The host's name as it was sent; {@code *} and {@code ?} are wildcards. */
  HOST("host.name"),
  /** The path of every DLL that the alert is about, in any spelling; with wildcards. */
  DLL_PATH("dll.path"),
  /** The path of every file that was written or read, in any spelling; with wildcards. */
  FILE_PATH("file.path"),
  /** Every MD5, SHA-1 or SHA-256 of a file, of the kinds that are listed. */
  HASH("hash"),
  /** The signer of every DLL that was loaded, whose signature must be valid; with wildcards. */
  SIGNER("dll.code_signature.subject_name"),
  /** The program of everyone who wrote, set or started something; with wildcards. */
  PROCESS("process.executable"),
  /** The program that started every process whose start is evidence; with wildcards. */
  PARENT("process.parent.executable");

  private final String label;

  AllowlistField(String label) {
    this.label = label;
  }

  /** The name in the file. */
  public String label() {
    return label;
  }

  static Optional<AllowlistField> named(String label) {
    return Stream.of(values()).filter(field -> field.label.equals(label)).findFirst();
  }
}
