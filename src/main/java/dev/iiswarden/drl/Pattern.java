package dev.iiswarden.drl;

import java.util.List;
import java.util.stream.Collectors;

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
  record Condition(int at, String text, Node node, List<BoundFact> others) {
    /** Returns the condition as it is written, in one line. */
    String line() {
      return text.replaceAll("\\s+", " ");
    }
  }

  /** Returns the pattern as it is written, in one line and without its window and bindings. */
  String line() {
    String variable = fact.variable() == null ? "" : fact.variable() + " : ";
    return variable
        + factName()
        + conditions.stream().map(Condition::line).collect(Collectors.joining(", ", "( ", " )"));
  }

  /** Returns the simple name of the fact's class. */
  String factName() {
    return fact.type().getSimpleName();
  }
}
