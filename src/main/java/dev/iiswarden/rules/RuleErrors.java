package dev.iiswarden.rules;

import java.util.List;

/** Thrown if a rule set is rejected or does not compile. */
final class RuleErrors extends Exception {
  private final transient List<Problem> problems;

  RuleErrors(List<Problem> problems) {
    super(problems.size() + " errors in rule files");
    this.problems = List.copyOf(problems);
  }

  /** The errors by file and line; at least one. */
  List<Problem> problems() {
    return problems;
  }

  /**
   * One error.
   *
   * @param file the name of the rule file; empty if the compiler did not say
   * @param line from 1; 0 if the compiler did not say
   * @param column from 1; 0 if it is unknown
   * @param reason the error in words
   */
  record Problem(String file, int line, int column, String reason) {}
}
