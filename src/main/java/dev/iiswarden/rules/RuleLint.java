package dev.iiswarden.rules;

import dev.iiswarden.event.Eql;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.rules.RuleErrors.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.BehaviorDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Finds mistakes in rule files that compile. */
final class RuleLint {
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
  private static final Pattern WANTED_TYPES =
      Pattern.compile(
          "\\s*(?:oneOf|like)\\(\\s*event\\.type\\s*,((?:\\s*\"[^\"]*\"\\s*,?)+)\\)\\s*");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  /** What a rule waits for is held in memory for every host. */
  private static final long LONGEST_DAYS = 7;

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Problem> begun = new TreeMap<>();
  private final Map<String, Problem> awaited = new TreeMap<>();
  private final List<Problem> awaitedRegistrations = new ArrayList<>();
  private boolean hasRegistrations;
  private String file = "";
  private SourceText source = new SourceText("");

  private RuleLint() {}

  /**
   * All mistakes, by file and line.
   *
   * @param files rule files that compile together, by name
   */
  static List<Problem> check(Map<String, String> files) {
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
    if (!lint.hasRegistrations) {
      lint.problems.addAll(lint.awaitedRegistrations);
    }
    lint.problems.sort(Comparator.comparing(Problem::file).thenComparingInt(Problem::line));
    return lint.problems;
  }

  private void check(String name, String text) {
    file = name;
    source = new SourceText(text);
    PackageDescr parsed = RuleFile.parse(text);
    if (parsed != null) {
      parsed.getRules().forEach(this::check);
    }
  }

  private void complain(RuleDescr rule, BaseDescr part, String what) {
    problems.add(problem(rule, part, "", what));
  }

  /**
   * A finding.
   *
   * @param part the part of the rule it is about, or the rule itself
   * @param word a word in that part to point at; empty for none
   */
  private Problem problem(RuleDescr rule, BaseDescr part, String word, String what) {
    SourceText.Place place = source.placeOf(part, word);
    return new Problem(
        file, place.line(), place.column(), "rule \"" + rule.getName() + "\": " + what);
  }

  private void check(RuleDescr rule) {
    if (rule.getAnnotation("id") != null) {
      checkMetadata(rule);
    }
    List<PatternDescr> patterns = RuleFile.patterns(rule);
    boolean bounded = false;
    for (PatternDescr pattern : patterns) {
      checkPattern(rule, pattern);
      bounded |= !pattern.getBehaviors().isEmpty();
    }
    if (patterns.size() > 1 && !bounded) {
      complain(
          rule,
          rule,
          "it joins facts without a window, so how long it waits depends on other rules;"
              + " say: over window:time( 1h )");
    }
    hasRegistrations |= RuleStages.REGISTERED.matcher(String.valueOf(rule.getConsequence())).find();
    Matcher first = RuleStages.BEGUN.matcher(String.valueOf(rule.getConsequence()));
    while (first.find()) {
      begun.putIfAbsent(
          first.group(1),
          problem(
              rule,
              rule,
              "PendingSequence",
              "it begins the sequence \"" + first.group(1) + "\", which no rule completes"));
    }
  }

  private void checkMetadata(RuleDescr rule) {
    for (String name : METADATA) {
      if (rule.getAnnotation(name) == null) {
        complain(rule, rule, "it has no @" + name);
      }
    }
    if (rule.getAnnotation("severity") != null) {
      String severity =
          String.valueOf(rule.getAnnotation("severity").getValueMap().get("value")).strip();
      if (!SEVERITY.matcher(severity).matches()) {
        complain(rule, rule, "@severity is low, medium, high or critical, not " + severity);
      }
    }
  }

  private void checkPattern(RuleDescr rule, PatternDescr pattern) {
    if (pattern.getConstraint().getDescrs().isEmpty()
        && pattern.getObjectType().endsWith("Event")) {
      complain(
          rule,
          pattern,
          pattern.getObjectType()
              + " without a condition matches every such event and holds it in memory");
    }
    if (pattern.getObjectType().equals("ModuleRegistration")) {
      awaitedRegistrations.add(
          problem(rule, pattern, "", "it can never fire: no rule inserts a ModuleRegistration"));
    }
    for (BehaviorDescr behavior : pattern.getBehaviors()) {
      if (RuleFile.millis(behavior) > LONGEST_DAYS * RuleFile.MILLIS_A_DAY) {
        complain(
            rule,
            pattern,
            "a window longer than " + LONGEST_DAYS + " days: facts are held in memory that long");
      }
    }
    for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
      checkTypes(rule, pattern, constraint);
      Matcher name = RuleStages.AWAITED.matcher(String.valueOf(constraint.getText()));
      if (pattern.getObjectType().equals("PendingSequence") && name.find()) {
        awaited.putIfAbsent(
            name.group(1),
            problem(
                rule,
                constraint,
                name.group(1),
                "it can never fire: no rule begins the sequence \"" + name.group(1) + "\""));
      }
    }
  }

  /** Finds a condition on {@code event.type} that no event of the pattern's kind can meet. */
  private void checkTypes(RuleDescr rule, PatternDescr pattern, BaseDescr constraint) {
    List<String> types =
        EventKind.ofFact(pattern.getObjectType()).map(EventKind::types).orElse(List.of());
    Matcher wanted = WANTED_TYPES.matcher(String.valueOf(constraint.getText()));
    if (types.isEmpty() || !wanted.matches()) {
      return;
    }
    String[] patterns =
        QUOTED.matcher(wanted.group(1)).results().map(text -> text.group(1)).toArray(String[]::new);
    if (types.stream().noneMatch(type -> Eql.like(type, patterns))) {
      problems.add(
          problem(
              rule,
              constraint,
              "event",
              "it can never fire: the event.type of a "
                  + pattern.getObjectType()
                  + " is "
                  + String.join(", ", new TreeSet<>(types))));
    }
  }
}
