package dev.iiswarden.drl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two patterns that a rule joins: one for the fact at hand, and one with a window, for a fact that
 * waits. Immutable.
 *
 * @param rule the rule
 * @param here the pattern for the fact at hand
 * @param there the pattern for the waiting fact
 */
record Join(ParsedRule rule, Pattern here, Pattern there) {

  /** Returns the joins of a rule. Patterns under {@code not} have none: nothing waits for them. */
  static Set<Join> of(ParsedRule rule) {
    Set<Join> joins = new LinkedHashSet<>();
    for (List<Pattern> together : together(rule.conditions())) {
      for (Pattern here : together) {
        for (Pattern there : together) {
          if (!here.equals(there) && there.fact().windowMillis() > 0) {
            joins.add(new Join(rule, here, there));
          }
        }
      }
    }
    return joins;
  }

  /** Returns the patterns that are matched together, once for each choice of {@code or}. */
  private static List<List<Pattern>> together(Element element) {
    if (element instanceof Pattern pattern) {
      return List.of(List.of(pattern));
    }
    Group group = (Group) element;
    if (group.kind() == Group.Kind.NOT) {
      return List.of(List.of());
    }
    List<List<Pattern>> choices = new ArrayList<>();
    if (group.kind() == Group.Kind.OR) {
      group.members().forEach(member -> choices.addAll(together(member)));
      return choices;
    }
    choices.add(List.of());
    for (Element member : group.members()) {
      List<List<Pattern>> longer = new ArrayList<>();
      for (List<Pattern> choice : choices) {
        for (List<Pattern> more : together(member)) {
          List<Pattern> all = new ArrayList<>(choice);
          all.addAll(more);
          longer.add(all);
        }
      }
      choices.clear();
      choices.addAll(longer);
    }
    return choices;
  }

  /** Returns whether a fact meets the conditions of a pattern that depend on it alone. */
  static boolean meetsOwnConditions(Pattern pattern, Object fact) {
    return pattern.fact().type().isInstance(fact)
        && pattern.conditions().stream()
            .filter(condition -> condition.others().isEmpty())
            .allMatch(condition -> Objects.equals(met(condition, fact, new Object[0]), true));
  }

  /** Returns the outcomes of the conditions of {@link #here} that depend on the fact alone. */
  List<StageTrial.Outcome> own(Object fact) {
    return here.conditions().stream()
        .filter(condition -> condition.others().isEmpty())
        .map(condition -> outcome(condition, fact, new Object[0]))
        .toList();
  }

  /** Returns the outcomes of the conditions that compare the fact at hand with a waiting one. */
  List<StageTrial.Outcome> joined(Object fact, Object waiting) {
    List<StageTrial.Outcome> outcomes = new ArrayList<>();
    for (Pattern pattern : List.of(there, here)) {
      Object tested = pattern.equals(here) ? fact : waiting;
      for (Pattern.Condition condition : pattern.conditions()) {
        if (!condition.others().isEmpty()) {
          outcomes.add(joined(condition, tested, fact, waiting));
        }
      }
    }
    return outcomes;
  }

  private StageTrial.Outcome joined(
      Pattern.Condition condition, Object tested, Object fact, Object waiting) {
    List<Object> others = new ArrayList<>();
    for (BoundFact other : condition.others()) {
      if (other == here.fact()) {
        others.add(fact);
      } else if (other == there.fact()) {
        others.add(waiting);
      } else {
        return new StageTrial.Outcome(condition.line(), null, false, List.of());
      }
    }
    return outcome(condition, tested, others.toArray());
  }

  private static StageTrial.Outcome outcome(
      Pattern.Condition condition, Object fact, Object[] others) {
    Boolean met = met(condition, fact, others);
    return new StageTrial.Outcome(
        condition.line(), met, met == null, Operands.of(condition, fact, others));
  }

  /** Returns whether a condition is met; null if it throws an exception. */
  private static @Nullable Boolean met(Pattern.Condition condition, Object fact, Object[] others) {
    try {
      return condition.node().isTrue(fact, others);
    } catch (RuntimeException e) {
      return null;
    }
  }
}
