package dev.iiswarden.alert;

import java.util.List;

/**
 * Thrown when an allowlist cannot be read. The message says what is wrong, where, and what to do.
 */
public final class AllowlistException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  AllowlistException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** All errors found, one text each, with file and line if known. */
  public List<String> problems() {
    return problems == null ? List.of() : problems;
  }
}
