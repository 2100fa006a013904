package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import org.drools.base.base.ValueResolver;
import org.drools.base.rule.constraint.AlphaNodeFieldConstraint;
import org.drools.model.functions.IntrospectableLambda;
import org.drools.model.functions.Predicate1;
import org.drools.modelcompiler.constraints.LambdaConstraint;
import org.jspecify.annotations.Nullable;

/** A test of the gate: a condition of a rule on a single event. Safe for use by several threads. */
sealed interface GateCondition {
  /** Returns the test of a constraint of the alpha network. */
  static GateCondition of(AlphaNodeFieldConstraint constraint, ValueResolver globals) {
    FactCondition condition = condition(constraint);
    return condition == null ? new Compiled(constraint, globals) : new Interpreted(condition);
  }

  private static @Nullable FactCondition condition(AlphaNodeFieldConstraint constraint) {
    if (constraint instanceof LambdaConstraint lambda) {
      Predicate1<?> predicate = lambda.getEvaluator().getConstraint().getPredicate1();
      if (predicate instanceof IntrospectableLambda wrapper
          && wrapper.getLambda() instanceof FactCondition condition) {
        return condition;
      }
    }
    return null;
  }

  /** Returns whether an event passes the test. */
  boolean isMet(Event event);

  /** Returns an estimate of what the test costs. */
  int cost();

  /** Whether the test may be done in any order. */
  boolean isTotal();

  /** Returns what is equal for tests of the same meaning. */
  Object key();

  /** A condition that Drools evaluates. */
  record Compiled(AlphaNodeFieldConstraint constraint, ValueResolver globals)
      implements GateCondition {
    @Override
    public boolean isMet(Event event) {
      return constraint.isAllowed(new Candidate(event), globals);
    }

    @Override
    public int cost() {
      return 0;
    }

    @Override
    public boolean isTotal() {
      return false;
    }

    @Override
    public Object key() {
      return constraint;
    }
  }

  /** A condition that is evaluated without Drools. */
  record Interpreted(FactCondition condition) implements GateCondition {
    @Override
    public boolean isMet(Event event) {
      return condition.isMet(event);
    }

    @Override
    public int cost() {
      return condition.cost();
    }

    @Override
    public boolean isTotal() {
      return condition.isTotal();
    }

    @Override
    public Object key() {
      return condition.key();
    }
  }
}
