package dev.iiswarden.alert;

import java.util.List;

/** An allowlist cannot be read. The message says what is wrong, where, and what to do. */
public final class AllowlistException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  AllowlistException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, one a text, each with file and line where it has one. */
  public List<String> problems() {
    return problems == null ? List.of() : problems;
  }
}
