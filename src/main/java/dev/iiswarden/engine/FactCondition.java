package dev.iiswarden.engine;

import java.util.List;

/**
 * A condition on a single fact that the engine can evaluate without Drools. Implemented by the
 * conditions of interpreted rules. Safe for use by several threads.
 */
public interface FactCondition {
  /** Returns whether a fact of the pattern's type meets the condition. */
  boolean isMet(Object fact);

  /** Returns an estimate of what evaluating it costs, in comparisons. */
  int cost();

  /** Returns whether it never throws an exception, so that it may be evaluated in any order. */
  boolean isTotal();

  /** Returns a text that is the same for conditions of the same meaning. */
  String key();

  /**
   * Returns texts of which one must be there for a fact to meet the condition; empty if nothing of
   * the kind is known.
   */
  List<RequiredTexts> required();
}
