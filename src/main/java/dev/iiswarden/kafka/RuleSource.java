package dev.iiswarden.kafka;

import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.rules.Rules;

/**
 * The rules and the allowlist that all tasks of this process go by now. Safe for use by threads.
 */
interface RuleSource {
  /** The rules. */
  Rules current();

  /** The allowlist. */
  Allowlist allowlist();

  /** Always the same ones. */
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
