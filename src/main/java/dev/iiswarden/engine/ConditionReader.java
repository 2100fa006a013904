package dev.iiswarden.engine;

import org.jspecify.annotations.Nullable;

/** Reads conditions of compiled rules from their text. Safe for use by several threads. */
@FunctionalInterface
public interface ConditionReader {
  /**
   * Reads a condition on a single fact.
   *
   * @param fact the class of the fact
   * @param condition the condition as it is written in the rule
   * @return the condition; null if it is not understood
   */
  @Nullable FactCondition read(Class<?> fact, String condition);
}
