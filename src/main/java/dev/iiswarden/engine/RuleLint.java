package dev.iiswarden.engine;

import dev.iiswarden.engine.RuleErrors.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.BehaviorDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Finds what compiles and is still no good in a set of rule files. */
public final class RuleLint {
  private static final List<String> METADATA =
      List.of(
          "description",
          "severity",
          "confidence",
          "tactic",
          "technique",
          "references",
          "falsePositives");

  private static final Pattern SEVERITY = Pattern.compile("\"?(low|medium|high|critical)\"?");
  private static final Pattern BEGUN = Pattern.compile("new PendingSequence\\(\\s*\"([^\"]+)\"");
  private static final Pattern AWAITED = Pattern.compile("\\bname\\s*==\\s*\"([^\"]+)\"");
  private static final Pattern SPAN = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

  /** What a rule waits for is held in memory, of every host. */
  private static final long LONGEST_DAYS = 7;

  static final long MILLIS_A_DAY = 86_400_000L;

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Problem> begun = new TreeMap<>();
  private final Map<String, Problem> awaited = new TreeMap<>();
  private String file = "";

  private RuleLint() {}

  /**
   * All that is no good, by file and line.
   *
   * @param files rule files that compile together, by name
   */
  public static List<Problem> check(Map<String, String> files) {
    RuleLint lint = new RuleLint();
    files.forEach(lint::check);
    lint.begun.forEach(
        (name, problem) -> {
          if (!lint.awaited.containsKey(name)) {
            lint.problems.add(problem);
          }
        });
    lint.awaited.forEach(
        (name, problem) -> {
          if (!lint.begun.containsKey(name)) {
            lint.problems.add(problem);
          }
        });
    lint.problems.sort(Comparator.comparing(Problem::file).thenComparingInt(Problem::line));
    return lint.problems;
  }

  private void check(String name, String text) {
    file = name;
    PackageDescr parsed = RuleGuard.parse(text);
    if (parsed != null) {
      parsed.getRules().forEach(this::check);
    }
  }

  private void complain(RuleDescr rule, int line, String what) {
    problems.add(problem(rule, line, what));
  }

  private Problem problem(RuleDescr rule, int line, String what) {
    return new Problem(file, line, "rule \"" + rule.getName() + "\": " + what);
  }

  private void check(RuleDescr rule) {
    if (rule.getAnnotation("id") != null) {
      checkMetadata(rule);
    }
    List<PatternDescr> patterns = new ArrayList<>();
    collect(rule.getLhs(), patterns);
    boolean bounded = false;
    for (PatternDescr pattern : patterns) {
      checkPattern(rule, pattern);
      bounded |= !pattern.getBehaviors().isEmpty();
    }
    if (patterns.size() > 1 && !bounded) {
      complain(
          rule,
          rule.getLine(),
          "it joins facts without a window, so how long it waits depends on other rules;"
              + " say: over window:time( 1h )");
    }
    Matcher first = BEGUN.matcher(String.valueOf(rule.getConsequence()));
    while (first.find()) {
      begun.putIfAbsent(
          first.group(1),
          problem(
              rule,
              rule.getConsequenceLine(),
              "no rule waits for the sequence \"" + first.group(1) + "\" that it begins"));
    }
  }

  private void checkMetadata(RuleDescr rule) {
    for (String name : METADATA) {
      if (rule.getAnnotation(name) == null) {
        complain(rule, rule.getLine(), "it has no @" + name);
      }
    }
    if (rule.getAnnotation("severity") != null) {
      String severity =
          String.valueOf(rule.getAnnotation("severity").getValueMap().get("value")).strip();
      if (!SEVERITY.matcher(severity).matches()) {
        complain(
            rule, rule.getLine(), "@severity is low, medium, high or critical, not " + severity);
      }
    }
  }

  private static void collect(BaseDescr condition, List<PatternDescr> patterns) {
    if (condition instanceof PatternDescr pattern) {
      patterns.add(pattern);
    } else if (condition instanceof ConditionalElementDescr element) {
      element.getDescrs().forEach(part -> collect((BaseDescr) part, patterns));
    }
  }

  private void checkPattern(RuleDescr rule, PatternDescr pattern) {
    int line = pattern.getLine();
    if (pattern.getConstraint().getDescrs().isEmpty()
        && pattern.getObjectType().endsWith("Event")) {
      complain(
          rule,
          line,
          pattern.getObjectType()
              + " without a condition: every such event is of interest, and held");
    }
    for (BehaviorDescr behavior : pattern.getBehaviors()) {
      if (millis(String.join(" ", behavior.getParameters())) > LONGEST_DAYS * MILLIS_A_DAY) {
        complain(
            rule,
            line,
            "a window longer than " + LONGEST_DAYS + " days: what it waits for is held that long");
      }
    }
    for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
      Matcher name = AWAITED.matcher(String.valueOf(constraint.getText()));
      if (pattern.getObjectType().equals("PendingSequence") && name.find()) {
        awaited.putIfAbsent(
            name.group(1),
            problem(
                rule,
                constraint.getLine(),
                "it can never fire: no rule begins the sequence \"" + name.group(1) + "\""));
      }
    }
  }

  static long millis(String window) {
    long millis = 0;
    Matcher span = SPAN.matcher(window);
    while (span.find()) {
      long unit =
          switch (span.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> MILLIS_A_DAY;
          };
      millis += Long.parseLong(span.group(1)) * unit;
    }
    return millis;
  }
}
