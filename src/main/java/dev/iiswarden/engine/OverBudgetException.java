package dev.iiswarden.engine;

import org.jspecify.annotations.Nullable;

/** Thrown within a session if a rule exceeds its {@link Budget}; it ends the evaluation. */
final class OverBudgetException extends RuntimeException {
  private final String rule;

  OverBudgetException(String rule, String reason) {
    super(reason, null, false, false);
    this.rule = rule;
  }

  /** Returns the name of the rule. */
  String rule() {
    return rule;
  }

  /** Finds the exception among the causes of another; null if it is not among them. */
  static @Nullable OverBudgetException in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OverBudgetException found) {
        return found;
      }
    }
    return null;
  }
}
