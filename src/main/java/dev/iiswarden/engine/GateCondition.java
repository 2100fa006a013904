package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import java.util.List;
import org.drools.base.base.ValueResolver;
import org.drools.base.rule.constraint.AlphaNodeFieldConstraint;
import org.drools.model.functions.IntrospectableLambda;
import org.drools.model.functions.Predicate1;
import org.drools.modelcompiler.constraints.LambdaConstraint;
import org.jspecify.annotations.Nullable;

/** A test of the gate: a condition of a rule on a single event. Safe for use by several threads. */
sealed interface GateCondition {
  /**
   * Returns the test of a constraint of the alpha network.
   *
   * @param fact the class of the facts that the constraint tests
   * @param globals a session in which conditions look up values that are not part of the event
   * @param reader reads the conditions of compiled rules
   */
  static GateCondition of(
      AlphaNodeFieldConstraint constraint,
      Class<?> fact,
      ValueResolver globals,
      ConditionReader reader) {
    FactCondition condition = condition(constraint);
    return condition == null
        ? new Compiled(constraint, fact, globals, reader)
        : new Interpreted(condition);
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

  /** Returns texts of which an event that passes has one; empty if nothing of the kind is known. */
  List<RequiredTexts> required();

  /** Returns the same test with what its text tells about it. */
  GateCondition read();

  /** A condition that Drools evaluates, of which nothing else is known. */
  record Compiled(
      AlphaNodeFieldConstraint constraint,
      Class<?> fact,
      ValueResolver globals,
      ConditionReader reader)
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

    @Override
    public List<RequiredTexts> required() {
      return List.of();
    }

    @Override
    public GateCondition read() {
      String text =
          constraint instanceof LambdaConstraint lambda
              ? lambda.getPredicateInformation().getStringConstraint()
              : null;
      FactCondition condition = text == null ? null : reader.read(fact, text);
      return condition == null ? this : new Read(this, condition);
    }
  }

  /** A condition that Drools evaluates, and that is understood. */
  record Read(Compiled compiled, FactCondition condition) implements GateCondition {
    @Override
    public boolean isMet(Event event) {
      return compiled.isMet(event);
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

    @Override
    public List<RequiredTexts> required() {
      return condition.required();
    }

    @Override
    public GateCondition read() {
      return this;
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

    @Override
    public List<RequiredTexts> required() {
      return condition.required();
    }

    @Override
    public GateCondition read() {
      return this;
    }
  }
}
