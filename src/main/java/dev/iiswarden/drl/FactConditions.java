package dev.iiswarden.drl;

import dev.iiswarden.engine.FactCondition;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the conditions of compiled rules, so that the gate knows of them what it knows of those of
 * interpreted rules. Safe for use by several threads.
 */
public final class FactConditions {
  private static final Set<String> IMPORTS =
      Vocabulary.FUNCTION_CLASSES.stream()
          .map(owner -> owner.getName() + ".*")
          .collect(Collectors.toUnmodifiableSet());

  private FactConditions() {}

  /**
   * Reads a condition on a single fact.
   *
   * @param fact the class of the fact
   * @param condition the condition as it is written in the rule
   * @return the condition; null if it says more than the rule language knows, or is no condition
   */
  public static @Nullable FactCondition read(Class<?> fact, String condition) {
    try {
      ExpressionParser.Constraint constraint = new ExpressionParser(condition).constraint();
      Scope scope = new Scope(new BoundFact(null, fact, 0), Map.of(), IMPORTS);
      Node node = new ExpressionBuilder(scope).condition(constraint.expression());
      return constraint.variable() == null && scope.others().isEmpty()
          ? new FactTest(node.text(), node, condition)
          : null;
    } catch (SyntaxProblem e) {
      // A compiled rule may say anything. What is not understood is evaluated as it was compiled.
      return null;
    }
  }
}
