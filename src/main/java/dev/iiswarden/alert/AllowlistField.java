package dev.iiswarden.alert;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The fields that conditions of an {@link Allowlist} entry can test. In names and paths, {@code *}
 * and {@code ?} are wildcards.
 */
public enum AllowlistField {
  /** The rule's id. */
  RULE("rule.id"),
  /** The host's name as it was sent. */
  HOST("host.name"),
  /** The path of every DLL that the alert is about, in any spelling. */
  DLL_PATH("dll.path"),
  /** The path of every file that was written or read, in any spelling. */
  FILE_PATH("file.path"),
  /**
   * The hash of every file: MD5, SHA-1 or SHA-256. Only the algorithms that the entry lists are
   * compared.
   */
  HASH("hash"),
  /** The signer of every DLL that was loaded; the signature must be valid. */
  SIGNER("dll.code_signature.subject_name"),
  /** The program of every process that wrote, set or started something. */
  PROCESS("process.executable"),
  /** The command line of every process whose start is evidence. */
  COMMAND_LINE("process.command_line"),
  /** The parent program of every process whose start is evidence. */
  PARENT("process.parent.executable");

  private final String label;

  AllowlistField(String label) {
    this.label = label;
  }

  /** The field's name in the file. */
  public String label() {
    return label;
  }

  static Optional<AllowlistField> named(String label) {
    return Stream.of(values()).filter(field -> field.label.equals(label)).findFirst();
  }
}
