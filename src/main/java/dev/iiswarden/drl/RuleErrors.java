package dev.iiswarden.drl;

import java.util.List;

/** Thrown if rule files are refused. */
public final class RuleErrors extends Exception {
  private final transient List<Problem> problems;

  /**
   * Creates an exception.
   *
   * @param problems the problems in their order; at least one
   */
  public RuleErrors(List<Problem> problems) {
    super(problems.size() + " errors in rule files");
    this.problems = List.copyOf(problems);
  }

  /** The problems in their order; at least one. */
  public List<Problem> problems() {
    return problems;
  }
}
