package dev.iiswarden.drl;

import dev.iiswarden.event.Eql;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;

/** Finds mistakes in rules that can be loaded. Not safe for use by several threads. */
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

  private static final java.util.regex.Pattern WANTED_TYPES =
      java.util.regex.Pattern.compile("(?:oneOf|like)\\(this\\.event\\.type,\\[(.*)]\\)");

  private static final java.util.regex.Pattern QUOTED =
      java.util.regex.Pattern.compile("\"([^\"]*)\"");

  /** What a rule waits for is held in memory for every host. */
  private static final long LONGEST_DAYS = 7;

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Problem> begun = new TreeMap<>();
  private final Map<String, Problem> awaited = new TreeMap<>();
  private final List<Problem> awaitedRegistrations = new ArrayList<>();
  private boolean hasRegistrations;

  private RuleLint() {}

  /** Returns all findings by file and place. */
  static List<Problem> check(List<ParsedRule> rules) {
    RuleLint lint = new RuleLint();
    rules.forEach(lint::check);
    lint.checkSequences();
    lint.problems.addAll(InsertCycles.find(rules));
    lint.problems.sort(Problem.ORDER);
    return lint.problems;
  }

  private void checkSequences() {
    begun.forEach(
        (name, problem) -> {
          if (!awaited.containsKey(name)) {
            problems.add(problem);
          }
        });
    awaited.forEach(
        (name, problem) -> {
          if (!begun.containsKey(name)) {
            problems.add(problem);
          }
        });
    if (!hasRegistrations) {
      problems.addAll(awaitedRegistrations);
    }
  }

  private void check(ParsedRule rule) {
    if (rule.id() != null) {
      checkMetadata(rule);
    }
    List<Pattern> patterns = rule.conditions().patterns();
    boolean bounded = false;
    for (int i = 0; i < patterns.size(); i++) {
      Pattern pattern = patterns.get(i);
      checkPattern(rule, pattern);
      bounded |= pattern.fact().windowMillis() > 0;
      if (i > 0 && pattern.conditions().stream().allMatch(one -> one.others().isEmpty())) {
        problems.add(
            rule.problem(
                pattern.at(),
                "it joins every "
                    + pattern.factName()
                    + " with every fact before it; add a condition that compares them, such as"
                    + " follows or samePath"));
      }
    }
    if (patterns.size() > 1 && !bounded) {
      problems.add(
          rule.problem(
              rule.at(),
              "it joins facts without a window, so how long it waits depends on other rules;"
                  + " say: over window:time( 1h )"));
    }
    if (rule.insertions().isEmpty()) {
      problems.add(rule.problem(rule.at(), "its consequence inserts nothing"));
    }
    for (Insertion insertion : rule.insertions()) {
      hasRegistrations |= insertion.type() == ModuleRegistration.class;
      String name = insertion.sequenceName();
      if (name != null) {
        begun.putIfAbsent(
            name,
            rule.problem(
                insertion.at(),
                "it begins the sequence \"" + name + "\", which no rule completes"));
      }
    }
  }

  private void checkMetadata(ParsedRule rule) {
    for (String name : METADATA) {
      if (!rule.metadata().containsKey(name)) {
        problems.add(rule.problem(rule.at(), "it has no @" + name));
      }
    }
    if (rule.metadata().containsKey("suppressFor") && !rule.metadata().containsKey("suppressBy")) {
      problems.add(
          rule.problem(
              rule.at(),
              "@suppressFor does nothing without @suppressBy, which says what makes an alert a"
                  + " repeat"));
    }
  }

  private void checkPattern(ParsedRule rule, Pattern pattern) {
    boolean isEvent = Event.class.isAssignableFrom(pattern.fact().type());
    if (pattern.conditions().isEmpty() && isEvent) {
      problems.add(
          rule.problem(
              pattern.at(),
              pattern.factName()
                  + " without a condition matches every such event and holds it in memory"));
    }
    if (pattern.fact().type() == ModuleRegistration.class) {
      awaitedRegistrations.add(
          rule.problem(pattern.at(), "it can never fire: no rule inserts a ModuleRegistration"));
    }
    if (pattern.fact().windowMillis() > LONGEST_DAYS * RuleFile.MILLIS_A_DAY) {
      problems.add(
          rule.problem(
              pattern.at(),
              "a window longer than "
                  + LONGEST_DAYS
                  + " days: facts are held in memory that long"));
    }
    for (Pattern.Condition condition : pattern.conditions()) {
      checkTypes(rule, pattern, condition);
      String name =
          pattern.fact().type() == PendingSequence.class
              ? RuleStages.sequenceName(condition)
              : null;
      if (name != null) {
        awaited.putIfAbsent(
            name,
            rule.problem(
                rule.source().offsetOf(name, condition.at()),
                "it can never fire: no rule begins the sequence \"" + name + "\""));
      }
    }
  }

  /** Finds a condition on {@code event.type} that no event of the pattern's kind can meet. */
  private void checkTypes(ParsedRule rule, Pattern pattern, Pattern.Condition condition) {
    List<String> types =
        EventKind.ofFact(pattern.factName()).map(EventKind::types).orElse(List.of());
    Matcher wanted = WANTED_TYPES.matcher(condition.node().text());
    if (types.isEmpty() || !wanted.matches()) {
      return;
    }
    String[] patterns =
        QUOTED.matcher(wanted.group(1)).results().map(text -> text.group(1)).toArray(String[]::new);
    if (types.stream().noneMatch(type -> Eql.like(type, patterns))) {
      problems.add(
          rule.problem(
              rule.source().offsetOf("event", condition.at()),
              "it can never fire: the event.type of a "
                  + pattern.factName()
                  + " is "
                  + String.join(", ", new TreeSet<>(types))));
    }
  }
}
