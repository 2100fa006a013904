package dev.iiswarden.kafka;

import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.rules.Rules;

/**
 * A source of the rules and the allowlist that all tasks of this process currently use. Safe for
 * use by several threads.
 */
interface RuleSource {
  /** Returns the current rules. */
  Rules current();

  /** Returns the current allowlist. */
  Allowlist allowlist();

  /** Returns a source that always has the given rules and allowlist. */
  static RuleSource of(Rules rules, Allowlist allowlist) {
    return new RuleSource() {
      @Override
      public Rules current() {
        return rules;
      }

      @Override
      public Allowlist allowlist() {
        return allowlist;
      }
    };
  }
}
