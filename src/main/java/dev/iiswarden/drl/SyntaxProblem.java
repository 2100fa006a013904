package dev.iiswarden.drl;

/** Thrown by parsers and checkers of expressions; caught where the place in the file is known. */
final class SyntaxProblem extends Exception {
  private final int at;

  /**
   * Creates a problem.
   *
   * @param at the offset in the expression
   * @param reason the problem in words
   */
  SyntaxProblem(int at, String reason) {
    super(reason, null, false, false);
    this.at = at;
  }

  /** Returns the offset in the expression. */
  int at() {
    return at;
  }

  /** Returns the problem in words. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
