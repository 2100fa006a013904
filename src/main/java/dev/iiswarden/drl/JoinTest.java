package dev.iiswarden.drl;

import dev.iiswarden.engine.Budget;
import org.drools.model.functions.HashedExpression;
import org.drools.model.functions.Predicate2;
import org.drools.model.functions.Predicate3;
import org.drools.model.functions.Predicate4;
import org.drools.model.functions.PredicateInformation;
import org.jspecify.annotations.Nullable;

/**
 * A condition that joins a fact with others. It counts the tuples that a rule tries, and is not met
 * for a rule that has used up its budget. Safe for use by several threads.
 */
final class JoinTest {
  private final ParsedRule rule;
  private final @Nullable Node node;
  private final boolean counts;
  private final String written;

  /**
   * Creates a condition.
   *
   * @param counts whether it is the first of its pattern
   */
  JoinTest(ParsedRule rule, Pattern.Condition condition, boolean counts) {
    this.rule = rule;
    this.counts = counts;
    node = condition.node();
    written = condition.text().replaceAll("\\s+", " ");
  }

  /** Creates a condition that every pair of facts meets. */
  JoinTest(ParsedRule rule) {
    this.rule = rule;
    counts = true;
    node = null;
    written = "";
  }

  ParsedRule rule() {
    return rule;
  }

  private boolean isMet(Object fact, Object... others) {
    if (counts && !Budget.allowsTuple(rule.name())) {
      return false;
    }
    return node == null || node.isTrue(fact, others);
  }

  private PredicateInformation information() {
    return new PredicateInformation(written, rule.name(), rule.source().file());
  }

  /** Returns the condition for a fact and one other. */
  Predicate2<Object, Object> withOne() {
    return new WithOne(this);
  }

  /** Returns the condition for a fact and two others. */
  Predicate3<Object, Object, Object> withTwo() {
    return new WithTwo(this);
  }

  /** Returns the condition for a fact and three others. */
  Predicate4<Object, Object, Object, Object> withThree() {
    return new WithThree(this);
  }

  private record WithOne(JoinTest test) implements Predicate2<Object, Object>, HashedExpression {
    @Override
    public boolean test(Object fact, Object one) {
      return test.isMet(fact, one);
    }

    @Override
    public String getExpressionHash() {
      return test.rule.name() + test.written;
    }

    @Override
    public PredicateInformation predicateInformation() {
      return test.information();
    }
  }

  private record WithTwo(JoinTest test)
      implements Predicate3<Object, Object, Object>, HashedExpression {
    @Override
    public boolean test(Object fact, Object one, Object two) {
      return test.isMet(fact, one, two);
    }

    @Override
    public String getExpressionHash() {
      return test.rule.name() + test.written;
    }

    @Override
    public PredicateInformation predicateInformation() {
      return test.information();
    }
  }

  private record WithThree(JoinTest test)
      implements Predicate4<Object, Object, Object, Object>, HashedExpression {
    @Override
    public boolean test(Object fact, Object one, Object two, Object three) {
      return test.isMet(fact, one, two, three);
    }

    @Override
    public String getExpressionHash() {
      return test.rule.name() + test.written;
    }

    @Override
    public PredicateInformation predicateInformation() {
      return test.information();
    }
  }
}
