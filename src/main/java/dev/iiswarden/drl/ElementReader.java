package dev.iiswarden.drl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.BehaviorDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks the left-hand side of a rule. A variable is visible after its binding: in the
 * rest of its pattern, and in later patterns, but not outside of the {@code not} or {@code exists}
 * that contains it. After an {@code or}, only a fact that every branch binds alike is visible. Not
 * safe for use by several threads.
 */
final class ElementReader {
  private static final String WINDOW = "\\s*(\\d{1,9}(ms|s|m|h|d)?\\s*)+";

  /** Drools counts milliseconds in 31 bits. */
  private static final long LONGEST_WINDOW_DAYS = 24;

  /** What an executable model can pass to a condition. */
  private static final int MOST_OTHERS = 3;

  private final SourceText source;
  private final Set<String> imports;
  private final Refusal refusal;

  ElementReader(SourceText source, Set<String> imports, Refusal refusal) {
    this.source = source;
    this.imports = imports;
    this.refusal = refusal;
  }

  /**
   * Reads a part of the left-hand side.
   *
   * @param variables the visible variables, to which those that it binds are added
   * @return the part; null if it was refused
   */
  @Nullable Element read(BaseDescr descr, Map<String, Variable> variables) {
    if (descr instanceof PatternDescr pattern) {
      return pattern(pattern, variables, null);
    }
    if (descr instanceof AndDescr and) {
      return group(Group.Kind.AND, and, variables);
    }
    if (descr instanceof OrDescr or) {
      return or(or, variables);
    }
    if (descr instanceof NotDescr not) {
      return group(Group.Kind.NOT, not, new HashMap<>(variables));
    }
    if (descr instanceof ExistsDescr exists) {
      return group(Group.Kind.EXISTS, exists, new HashMap<>(variables));
    }
    refuse(descr, kind(descr) + " among the conditions is not allowed");
    return null;
  }

  private void refuse(BaseDescr part, String reason) {
    refusal.refuse(source.offsetOf(part, ""), reason);
  }

  private static String kind(BaseDescr descr) {
    return descr.getClass().getSimpleName().replace("Descr", "").toLowerCase(Locale.ROOT);
  }

  private @Nullable Element group(
      Group.Kind kind, ConditionalElementDescr descr, Map<String, Variable> variables) {
    List<Element> members = new ArrayList<>();
    for (Object part : descr.getDescrs()) {
      Element member = read((BaseDescr) part, variables);
      if (member != null) {
        members.add(member);
      }
    }
    if (members.isEmpty()) {
      if (descr.getDescrs().isEmpty()) {
        refuse((BaseDescr) descr, "the rule has no condition");
      }
      return null;
    }
    return new Group(kind, members);
  }

  private @Nullable Element or(OrDescr descr, Map<String, Variable> variables) {
    List<Element> branches = new ArrayList<>();
    Map<String, Variable> before = Map.copyOf(variables);
    Map<String, BoundFact> first = new LinkedHashMap<>();
    Set<String> everywhere = new TreeSet<>();
    for (Object part : descr.getDescrs()) {
      Map<String, Variable> visible = new HashMap<>(before);
      Element branch =
          part instanceof PatternDescr pattern
              ? pattern(pattern, visible, first)
              : read((BaseDescr) part, visible);
      if (branch != null) {
        visible.keySet().removeAll(before.keySet());
        visible.values().removeIf(variable -> !variable.path().isEmpty());
        if (branches.isEmpty()) {
          visible.forEach((name, variable) -> first.put(name, variable.fact()));
          everywhere.addAll(visible.keySet());
        }
        everywhere.removeIf(
            name -> {
              Variable same = visible.get(name);
              return same == null || same.fact() != first.get(name);
            });
        branches.add(branch);
      }
    }
    everywhere.forEach(
        name -> {
          BoundFact fact = java.util.Objects.requireNonNull(first.get(name));
          variables.put(name, new Variable(fact, List.of(), ValueType.of(fact.type())));
        });
    return branches.isEmpty() ? null : new Group(Group.Kind.OR, branches);
  }

  private @Nullable Pattern pattern(
      PatternDescr descr,
      Map<String, Variable> variables,
      @Nullable Map<String, BoundFact> bindingsOfFirstBranch) {
    String type = String.valueOf(descr.getObjectType());
    int at = source.offsetOf(descr, "");
    Class<?> factClass = Vocabulary.FACTS.get(type);
    if (factClass == null) {
      refusal.refuse(
          source.offsetOf(type, at),
          type
              + " is not a fact"
              + NearestName.ask(type, Vocabulary.FACTS.keySet())
              + "; there are "
              + String.join(", ", Vocabulary.FACTS.keySet()));
      return null;
    }
    checkParts(descr, type);
    String variable = descr.getIdentifier();
    BoundFact fact = new BoundFact(variable, factClass, windowMillis(descr));
    if (variable != null) {
      BoundFact same = bindingsOfFirstBranch == null ? null : bindingsOfFirstBranch.get(variable);
      if (same != null && same.type() == factClass && same.windowMillis() == fact.windowMillis()) {
        fact = same;
      }
      bind(variable, new Variable(fact, List.of(), ValueType.of(factClass)), at, variables);
    }
    List<Pattern.Condition> conditions = new ArrayList<>();
    for (BaseDescr constraint : descr.getConstraint().getDescrs()) {
      if (constraint instanceof ExprConstraintDescr expression
          && expression.getType() == ExprConstraintDescr.Type.NAMED) {
        condition(expression, fact, variables, conditions);
      } else {
        refuse(constraint, "this is no condition");
      }
    }
    return new Pattern(at, fact, conditions);
  }

  private void checkParts(PatternDescr descr, String type) {
    if (!imports.contains(Vocabulary.EVENTS + ".*")
        && !imports.contains(Vocabulary.EVENTS + '.' + type)) {
      refuse(descr, type + " needs: import " + Vocabulary.EVENTS + ".*;");
    }
    if (descr.getSource() != null) {
      refuse(descr, kind(descr.getSource()) + " as the source of a fact is not allowed");
    }
    if (!descr.getAnnotations().isEmpty()) {
      refuse(descr, "an annotation of a fact is not allowed");
    }
    if (descr.isQuery() || descr.isUnification()) {
      refuse(descr, "unification is not allowed");
    }
  }

  private long windowMillis(PatternDescr descr) {
    long millis = 0;
    for (BehaviorDescr behavior : descr.getBehaviors()) {
      boolean isKnown =
          behavior.getText().equals("window")
              && behavior.getSubType().equals("time")
              && behavior.getParameters().stream().allMatch(text -> text.matches(WINDOW));
      if (!isKnown) {
        refuse(descr, "a window is one of time, as in: over window:time( 1h )");
        return 0;
      }
      millis += RuleFile.millis(behavior);
    }
    if (millis > LONGEST_WINDOW_DAYS * RuleFile.MILLIS_A_DAY) {
      refuse(descr, "a window of more than " + LONGEST_WINDOW_DAYS + " days");
    }
    return millis;
  }

  private void bind(String name, Variable variable, int at, Map<String, Variable> variables) {
    if (!name.matches("\\$\\w{1,100}")) {
      refusal.refuse(at, "a variable is named with a $ before letters and digits, not " + name);
    } else if (variables.putIfAbsent(name, variable) != null) {
      refusal.refuse(at, name + " is already bound; give each variable a name of its own");
    }
  }

  private void condition(
      ExprConstraintDescr descr,
      BoundFact fact,
      Map<String, Variable> variables,
      List<Pattern.Condition> conditions) {
    String text = descr.getExpression();
    int at = source.offsetOf(descr, "");
    if (!source.text().startsWith(text, at)) {
      refusal.refuse(at, "this condition cannot be read; write out every field");
      return;
    }
    try {
      ExpressionParser.Constraint constraint = new ExpressionParser(text).constraint();
      Scope scope = new Scope(fact, variables, imports);
      ExpressionBuilder builder = new ExpressionBuilder(scope);
      String variable = constraint.variable();
      if (variable != null) {
        bindField(variable, constraint.expression(), builder, fact, at, variables);
        return;
      }
      Node node = builder.condition(constraint.expression());
      if (scope.others().size() > MOST_OTHERS) {
        throw new SyntaxProblem(0, "a condition can use at most three other facts");
      }
      Windows.check(constraint.expression(), variables);
      conditions.add(new Pattern.Condition(at, text, node, scope.others()));
    } catch (SyntaxProblem e) {
      refusal.refuse(at + e.at(), e.reason());
    }
  }

  private void bindField(
      String name,
      Syntax expression,
      ExpressionBuilder builder,
      BoundFact fact,
      int at,
      Map<String, Variable> variables)
      throws SyntaxProblem {
    List<String> path = new ArrayList<>();
    Syntax part = expression;
    while (part instanceof Syntax.Field field) {
      path.add(0, field.name());
      part = field.of();
    }
    if (!(part instanceof Syntax.Name first) || first.name().startsWith("$")) {
      throw new SyntaxProblem(
          part.at(), "a binding names a field, as in $path : file.path; conditions stand apart");
    }
    if (!first.name().equals("this")) {
      path.add(0, first.name());
    }
    bind(name, new Variable(fact, path, builder.build(expression).type()), at, variables);
  }

  /** Receives what is not allowed. */
  interface Refusal {
    /**
     * Reports one thing that is not allowed.
     *
     * @param at the offset in the file
     */
    void refuse(int at, String reason);
  }
}
