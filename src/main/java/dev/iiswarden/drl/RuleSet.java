package dev.iiswarden.drl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.drools.model.Model;

/**
 * The rules of several files, read and checked. Nothing in them is ever compiled: their conditions
 * and consequences become objects of this package in an executable model of Drools. Made by {@link
 * #read}. Immutable and safe for use by several threads.
 */
public final class RuleSet {
  /** Forty times the bundled rules: more than a thousand of their kind. */
  private static final long LARGEST = 4 << 20;

  private final List<ParsedRule> rules;

  private final RuleStages stages;

  private RuleSet(List<ParsedRule> rules) {
    this.rules = List.copyOf(rules);
    stages = new RuleStages(rules);
  }

  /**
   * Reads rule files.
   *
   * @param files their text by name
   * @throws RuleErrors if anything in them is wrong
   */
  public static RuleSet read(Map<String, String> files) throws RuleErrors {
    List<Problem> problems = new ArrayList<>();
    List<ParsedRule> rules = new ArrayList<>();
    long size = files.values().stream().mapToLong(String::length).sum();
    if (size > LARGEST) {
      throw new RuleErrors(
          List.of(
              new Problem("", 0, 0, "the rule files have more than " + LARGEST + " characters")));
    }
    new TreeMap<>(files)
        .forEach(
            (name, text) -> {
              Problem badName = RuleFile.checkName(name);
              if (badName == null) {
                problems.addAll(RuleFile.read(name, text, rules));
              } else {
                problems.add(badName);
              }
            });
    refuseDuplicates(rules, problems);
    if (!problems.isEmpty()) {
      problems.sort(Problem.ORDER);
      throw new RuleErrors(problems);
    }
    return new RuleSet(rules);
  }

  /** Returns what is wrong with the names of rule files; empty if nothing is. */
  public static List<Problem> checkNames(Collection<String> names) {
    return names.stream()
        .map(RuleFile::checkName)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  /**
   * Reads of trusted files what can be read without compiling it. Rules that say more than this
   * package knows are left out.
   *
   * @param files their text by name
   */
  public static RuleSet readable(Map<String, String> files) {
    List<ParsedRule> rules = new ArrayList<>();
    new TreeMap<>(files).forEach((name, text) -> RuleFile.read(name, text, rules));
    return new RuleSet(rules);
  }

  /**
   * The id of an alert is derived from that of its rule, and alerts name the rule, so both must be
   * unique.
   */
  private static void refuseDuplicates(List<ParsedRule> rules, List<Problem> problems) {
    Map<String, ParsedRule> ids = new HashMap<>();
    Map<String, ParsedRule> names = new HashMap<>();
    for (ParsedRule rule : rules) {
      String id = rule.id();
      ParsedRule same = id == null ? null : ids.putIfAbsent(id, rule);
      if (same != null) {
        problems.add(
            rule.problem(
                rule.source().offsetOf("@id", rule.at()),
                "there is another rule with @id( \"" + id + "\" ) in " + place(same)));
      }
      same = names.putIfAbsent(rule.name(), rule);
      if (same != null) {
        problems.add(
            rule.problem(rule.at(), "there is another rule of this name in " + place(same)));
      }
    }
  }

  private static String place(ParsedRule rule) {
    return rule.source().file() + ":" + rule.source().line(rule.at());
  }

  /** Returns the rules as an executable model. */
  public Model model() {
    return new ModelBuilder().build(rules);
  }

  /**
   * Returns the mistakes in the rules by file and place: missing metadata, facts without a
   * condition, joins without a window or a condition, windows that are too long, sequences that no
   * rule begins or completes, and rules that fire on what they insert.
   */
  public List<Problem> lint() {
    return RuleLint.check(rules);
  }

  /** Returns what the rules cost at most. */
  public CostEstimate estimate() {
    return CostEstimate.of(rules);
  }

  /** Returns the names of the rules that must match before the given rule can, nearest first. */
  public Set<String> before(String rule) {
    return stages.before(rule);
  }

  /** Returns which rules depend on which. */
  RuleStages stages() {
    return stages;
  }

  /** Returns the rules. */
  List<ParsedRule> rules() {
    return rules;
  }
}
