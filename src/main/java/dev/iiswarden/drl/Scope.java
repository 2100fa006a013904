package dev.iiswarden.drl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an expression can name: the fact that it tests, if any, and the variables that are visible.
 * It collects which other facts the expression uses. Not safe for use by several threads.
 */
final class Scope {
  private final @Nullable BoundFact tested;
  private final Map<String, Variable> variables;
  private final Set<String> imports;
  private final List<BoundFact> others = new ArrayList<>();

  /**
   * Creates a scope.
   *
   * @param tested the fact of the pattern; null for a consequence
   * @param variables the visible variables by name
   * @param imports what the file imports
   */
  Scope(@Nullable BoundFact tested, Map<String, Variable> variables, Set<String> imports) {
    this.tested = tested;
    this.variables = variables;
    this.imports = imports;
  }

  @Nullable BoundFact tested() {
    return tested;
  }

  Map<String, Variable> variables() {
    return variables;
  }

  Set<String> imports() {
    return imports;
  }

  /** Returns the facts that were used besides the tested one, in the order of their first use. */
  List<BoundFact> others() {
    return others;
  }

  /** Returns the expression of a fact. */
  Node fact(BoundFact fact) {
    if (fact == tested) {
      return new Node.This(fact.type());
    }
    int position = others.indexOf(fact);
    if (position < 0) {
      position = others.size();
      others.add(fact);
    }
    return new Node.Other(fact.type(), position);
  }
}
