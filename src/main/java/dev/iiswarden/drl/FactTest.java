package dev.iiswarden.drl;

import dev.iiswarden.engine.FactCondition;
import dev.iiswarden.engine.RequiredTexts;
import java.util.List;
import org.drools.model.functions.HashedExpression;
import org.drools.model.functions.Predicate1;
import org.drools.model.functions.PredicateInformation;

/**
 * A condition on a single fact, shared by all rules that have it. Safe for use by several threads
 * once the model is built.
 */
final class FactTest implements Predicate1<Object>, HashedExpression, FactCondition {
  private static final long serialVersionUID = 1L;
  private static final Object[] NONE = {};

  private final transient Node node;
  private final String key;
  private final transient PredicateInformation information;

  /**
   * Creates a condition.
   *
   * @param key what equal conditions have in common
   * @param written the condition as it is written in the rule
   */
  FactTest(String key, Node node, String written) {
    this.key = key;
    this.node = node;
    information = new PredicateInformation(written);
  }

  /** Notes a rule that has the condition: messages about its failures name the rule. */
  void addRule(ParsedRule rule) {
    information.addRuleNames(rule.name(), rule.source().file());
  }

  @Override
  public boolean test(Object fact) {
    return node.isTrue(fact, NONE);
  }

  @Override
  public boolean isMet(Object fact) {
    return node.isTrue(fact, NONE);
  }

  @Override
  public int cost() {
    return node.cost();
  }

  @Override
  public boolean isTotal() {
    return node.isTotal();
  }

  @Override
  public String key() {
    return node.text();
  }

  @Override
  public List<RequiredTexts> required() {
    return node.required();
  }

  /** Returns what no other condition has in common. */
  String id() {
    return key;
  }

  @Override
  public String getExpressionHash() {
    return key;
  }

  @Override
  public PredicateInformation predicateInformation() {
    return information;
  }
}
