package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.drools.base.base.ClassObjectType;
import org.drools.base.base.ValueResolver;
import org.drools.base.definitions.rule.impl.RuleImpl;
import org.drools.base.rule.Behavior;
import org.drools.base.rule.Declaration;
import org.drools.base.rule.GroupElement;
import org.drools.base.rule.Pattern;
import org.drools.base.rule.RuleConditionElement;
import org.drools.base.rule.constraint.AlphaNodeFieldConstraint;
import org.drools.base.rule.constraint.Constraint;
import org.drools.core.rule.SlidingTimeWindow;
import org.drools.modelcompiler.constraints.LambdaConstraint;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.definition.KiePackage;
import org.kie.api.definition.rule.Rule;
import org.kie.api.runtime.rule.FactHandle;

/**
 * Evaluates every condition of every rule against one event, including the conditions after an
 * unmet one. Conditions are identified by their text in the rule file. {@link RuleBase} creates it.
 * Immutable and safe for use by several threads.
 */
public final class Explainer {
  private final Map<String, List<Pattern>> patterns;
  private final ValueResolver globals;

  Explainer(KieBase rules, ValueResolver globals) {
    patterns = patterns(rules);
    this.globals = globals;
  }

  List<RuleTrial> explain(Event event) {
    List<RuleTrial> trials = new ArrayList<>();
    patterns.forEach((rule, ofRule) -> trials.addAll(explain(event, rule, ofRule)));
    return trials;
  }

  @Nullable Duration longestWindow(String rule) {
    return patterns.getOrDefault(rule, List.of()).stream()
        .flatMap(pattern -> pattern.getBehaviors().stream())
        .filter(SlidingTimeWindow.class::isInstance)
        .map(window -> Duration.ofMillis(((SlidingTimeWindow) window).getSize()))
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static Map<String, List<Pattern>> patterns(KieBase rules) {
    Map<String, List<Pattern>> byRule = new TreeMap<>();
    for (KiePackage kiePackage : rules.getKiePackages()) {
      for (Rule rule : kiePackage.getRules()) {
        if (rule instanceof RuleImpl definition) {
          List<Pattern> patterns = new ArrayList<>();
          collect(definition.getLhs(), patterns);
          byRule.put(rule.getName(), patterns);
        }
      }
    }
    return byRule;
  }

  private static void collect(RuleConditionElement element, List<Pattern> patterns) {
    if (element instanceof Pattern pattern) {
      patterns.add(pattern);
      if (pattern.getSource() != null) {
        collect(pattern.getSource(), patterns);
      }
    } else if (element instanceof GroupElement group) {
      group.getChildren().forEach(child -> collect(child, patterns));
    } else {
      element.getNestedElements().forEach(child -> collect(child, patterns));
    }
  }

  private List<RuleTrial> explain(Event event, String rule, List<Pattern> patterns) {
    List<RuleTrial> trials = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      Pattern pattern = patterns.get(i);
      if (type(pattern).isInstance(event)) {
        List<Pattern> others = new ArrayList<>(patterns);
        others.remove(i);
        trials.add(
            new RuleTrial(
                rule,
                type(pattern).getSimpleName(),
                tests(event, pattern),
                others.stream().map(Explainer::describe).toList()));
      }
    }
    return trials;
  }

  private List<ConditionTrial> tests(Event event, Pattern pattern) {
    List<ConditionTrial> tests = new ArrayList<>();
    FactHandle candidate = new Candidate(event);
    for (Constraint constraint : pattern.getConstraints()) {
      if (!text(constraint).isEmpty()) {
        tests.add(test(candidate, constraint));
      }
    }
    return tests;
  }

  private ConditionTrial test(FactHandle candidate, Constraint constraint) {
    String text = text(constraint);
    if (constraint.getType() != Constraint.ConstraintType.ALPHA
        || !(constraint instanceof AlphaNodeFieldConstraint alpha)) {
      return new ConditionTrial(text, null, null);
    }
    try {
      return new ConditionTrial(text, alpha.isAllowed(candidate, globals), null);
    } catch (RuntimeException e) {
      return new ConditionTrial(text, null, e.getCause() == null ? e : e.getCause());
    }
  }

  private static String text(Constraint constraint) {
    String text =
        constraint instanceof LambdaConstraint lambda
            ? lambda.getPredicateInformation().getStringConstraint()
            : null;
    return (text == null ? constraint.toString() : text).replaceAll("\\s+", " ");
  }

  /** Returns a pattern as it is written in the rule: type, conditions, window. */
  private static String describe(Pattern pattern) {
    String conditions =
        pattern.getConstraints().stream()
            .map(Explainer::text)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    StringBuilder description = new StringBuilder();
    Declaration variable = pattern.getDeclaration();
    if (variable != null && variable.getIdentifier().startsWith("$")) {
      description.append(variable.getIdentifier()).append(" : ");
    }
    description.append(type(pattern).getSimpleName());
    description.append(conditions.isEmpty() ? "()" : "( " + conditions + " )");
    for (Behavior behavior : pattern.getBehaviors()) {
      if (behavior instanceof SlidingTimeWindow window) {
        description.append(" within ").append(duration(window.getSize()));
      }
    }
    return description.toString();
  }

  /** Formats a duration as in rules: {@code 1h1ms}. */
  private static String duration(long millis) {
    Duration duration = Duration.ofMillis(millis);
    String text =
        part(duration.toDays(), "d")
            + part(duration.toHoursPart(), "h")
            + part(duration.toMinutesPart(), "m")
            + part(duration.toSecondsPart(), "s")
            + part(duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0ms" : text;
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + unit;
  }

  private static Class<?> type(Pattern pattern) {
    return pattern.getObjectType() instanceof ClassObjectType type
        ? type.getClassType()
        : Void.class;
  }

  /**
   * The result of evaluating one pattern of a rule against an event.
   *
   * @param rule the rule's name
   * @param type the fact type of the pattern
   * @param conditions the results of the conditions, in the order of the rule
   * @param others the rule's other patterns, as text
   */
  public record RuleTrial(
      String rule, String type, List<ConditionTrial> conditions, List<String> others) {}

  /**
   * The result of evaluating one condition.
   *
   * @param text the condition as it is written in the rule
   * @param met whether the event meets it; null if that depends on other facts, or if the condition
   *     threw an exception
   * @param failure the exception that the condition threw, if any
   */
  public record ConditionTrial(String text, @Nullable Boolean met, @Nullable Throwable failure) {}
}
