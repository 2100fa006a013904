package dev.iiswarden.drl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.drools.model.Consequence;
import org.drools.model.Declaration;
import org.drools.model.Model;
import org.drools.model.PatternDSL;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.Rule;
import org.drools.model.RuleItemBuilder;
import org.drools.model.Variable;
import org.drools.model.WindowDefinition;
import org.drools.model.consequences.ConsequenceImpl;
import org.drools.model.impl.ModelImpl;
import org.drools.model.impl.RuleBuilder;
import org.drools.model.view.ViewItemBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes an executable model of rules ("Drools documentation", chapter "Executable rule models").
 * Its conditions and consequences are objects of this package. Not safe for use by several threads.
 */
final class ModelBuilder {
  /** The package that all interpreted rules are in. */
  static final String PACKAGE = "iiswarden.interpreted";

  /** Equal conditions of several rules are one object, so that Drools shares their nodes. */
  private final Map<String, FactTest> shared = new HashMap<>();

  private final IdentityHashMap<BoundFact, Declaration<Object>> declarations =
      new IdentityHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final BiConsumer<ParsedRule, Object> observer;
  private int joins;

  /** Creates a builder. */
  ModelBuilder() {
    this((rule, fact) -> {});
  }

  /**
   * Creates a builder of a model that can be observed.
   *
   * @param observer receives every fact that a rule inserts, on the thread that evaluates
   */
  ModelBuilder(BiConsumer<ParsedRule, Object> observer) {
    this.observer = observer;
  }

  Model build(List<ParsedRule> rules) {
    ModelImpl model = new ModelImpl(PACKAGE);
    rules.forEach(rule -> model.addRule(rule(rule)));
    return model;
  }

  private Rule rule(ParsedRule rule) {
    RuleBuilder builder = PatternDSL.rule(PACKAGE, rule.name());
    rule.metadata().forEach(builder::metadata);
    if (rule.salience() != 0) {
      builder.attribute(Rule.Attribute.SALIENCE, rule.salience());
    }
    List<RuleItemBuilder<?>> items = new ArrayList<>();
    joins = 0;
    names.clear();
    List<Element> members =
        rule.conditions() instanceof Group group && group.kind() == Group.Kind.AND
            ? group.members()
            : List.of(rule.conditions());
    items.addAll(items(members, rule, null));
    items.add(consequence(rule));
    return builder.build(items.toArray(RuleItemBuilder<?>[]::new));
  }

  /**
   * Makes the items of elements that are joined by {@code and}.
   *
   * @param before a fact that the first element is joined with; null if there is none
   */
  private List<ViewItemBuilder<?>> items(
      List<Element> elements, ParsedRule rule, @Nullable BoundFact before) {
    List<ViewItemBuilder<?>> items = new ArrayList<>();
    BoundFact last = before;
    for (Element element : elements) {
      items.add(item(element, rule, last));
      if (element instanceof Pattern pattern) {
        last = pattern.fact();
      }
    }
    return items;
  }

  private ViewItemBuilder<?> item(Element element, ParsedRule rule, @Nullable BoundFact before) {
    if (element instanceof Pattern pattern) {
      return pattern(pattern, rule, before);
    }
    Group group = (Group) element;
    List<ViewItemBuilder<?>> members =
        group.kind() == Group.Kind.OR
            ? group.members().stream()
                .<ViewItemBuilder<?>>map(member -> item(member, rule, before))
                .toList()
            : items(group.members(), rule, before);
    ViewItemBuilder<?> first = members.get(0);
    ViewItemBuilder<?>[] rest =
        members.subList(1, members.size()).toArray(ViewItemBuilder<?>[]::new);
    return switch (group.kind()) {
      case AND -> members.size() == 1 ? first : PatternDSL.and(first, rest);
      case OR -> members.size() == 1 ? first : PatternDSL.or(first, rest);
      case NOT -> PatternDSL.not(first, rest);
      case EXISTS -> PatternDSL.exists(first, rest);
    };
  }

  private PatternDef<Object> pattern(Pattern pattern, ParsedRule rule, @Nullable BoundFact before) {
    PatternDef<Object> item = PatternDSL.pattern(declaration(pattern.fact()));
    boolean counts = true;
    for (Pattern.Condition condition : pattern.conditions()) {
      if (condition.others().isEmpty()) {
        FactTest test = test(condition, pattern, rule);
        item.expr(test.id(), test);
      } else {
        join(item, condition, new JoinTest(rule, condition, counts));
        counts = false;
      }
    }
    if (counts && before != null) {
      // No condition sees the pairs of facts that this pattern makes, so one is added that does.
      item.expr(nextId(rule), declaration(before), new JoinTest(rule).withOne());
    }
    return item;
  }

  private FactTest test(Pattern.Condition condition, Pattern pattern, ParsedRule rule) {
    String written = condition.text().replaceAll("\\s+", " ");
    FactTest test =
        shared.computeIfAbsent(
            pattern.factName() + ": " + condition.node().text() + " // " + written,
            key -> new FactTest(key, condition.node(), written));
    test.addRule(rule);
    return test;
  }

  private void join(PatternDef<Object> item, Pattern.Condition condition, JoinTest test) {
    String id = nextId(test.rule());
    List<Declaration<Object>> others = condition.others().stream().map(this::declaration).toList();
    switch (others.size()) {
      case 1 -> item.expr(id, others.get(0), test.withOne());
      case 2 -> item.expr(id, others.get(0), others.get(1), test.withTwo());
      default -> item.expr(id, others.get(0), others.get(1), others.get(2), test.withThree());
    }
  }

  /** Returns an id for a condition that no other rule shares. */
  private String nextId(ParsedRule rule) {
    return rule.name() + " #" + joins++;
  }

  @SuppressWarnings("unchecked") // Conditions and consequences take any object.
  private Declaration<Object> declaration(BoundFact fact) {
    return declarations.computeIfAbsent(
        fact,
        unused -> {
          Class<Object> type = (Class<Object>) fact.type();
          String name = name(fact);
          return fact.windowMillis() == 0
              ? PatternDSL.declarationOf(type, name)
              : PatternDSL.declarationOf(
                  type,
                  name,
                  PatternDSL.window(
                      WindowDefinition.Type.TIME, fact.windowMillis(), TimeUnit.MILLISECONDS));
        });
  }

  /** Returns the name that the author gave, unless the rule has given it twice. */
  private String name(BoundFact fact) {
    String variable = fact.variable();
    if (variable != null && names.add(variable)) {
      return variable;
    }
    String name = "fact" + names.size();
    names.add(name);
    return name;
  }

  private RuleItemBuilder<Consequence> consequence(ParsedRule rule) {
    Variable<?>[] facts = rule.facts().stream().map(this::declaration).toArray(Variable<?>[]::new);
    Consequence consequence =
        new ConsequenceImpl(
            new InsertFacts(rule.insertions(), fact -> observer.accept(rule, fact)),
            facts,
            true,
            false,
            "java");
    return () -> consequence;
  }
}
