package dev.iiswarden.drl;

import java.util.List;

/**
 * A pattern of a rule: a fact and the conditions it must meet.
 *
 * @param at the offset in the file
 * @param fact the place the fact takes
 * @param conditions the conditions in their order
 */
record Pattern(int at, BoundFact fact, List<Condition> conditions) implements Element {

  /**
   * A condition of a pattern.
   *
   * @param at the offset in the file
   * @param text the condition as it is written
   * @param node the condition to evaluate
   * @param others the other facts that it uses
   */
  record Condition(int at, String text, Node node, List<BoundFact> others) {}

  /** Returns the simple name of the fact's class. */
  String factName() {
    return fact.type().getSimpleName();
  }
}
