package dev.iiswarden.drl;

import dev.iiswarden.event.PendingSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds rules that fire on what they have inserted themselves, directly or by way of others. A rule
 * that demands an event after the sequence that it continues needs a new event each time, so it
 * ends; the others run into their budget. A pattern within a {@code not} leads nowhere: what is
 * inserted can only keep the rule from firing.
 */
final class InsertCycles {
  private final Map<String, Set<ParsedRule>> matchedBy = new HashMap<>();
  private final List<ParsedRule> rules;

  private InsertCycles(List<ParsedRule> rules) {
    this.rules = rules;
    for (ParsedRule rule : rules) {
      for (Pattern pattern : rule.conditions().requiredPatterns()) {
        if (!isFollowed(rule, pattern.fact())) {
          stagesOf(pattern)
              .forEach(
                  stage ->
                      matchedBy.computeIfAbsent(stage, unused -> new LinkedHashSet<>()).add(rule));
        }
      }
    }
  }

  /** Returns a finding for each rule that leads to itself. */
  static List<Problem> find(List<ParsedRule> rules) {
    InsertCycles cycles = new InsertCycles(rules);
    List<Problem> problems = new ArrayList<>();
    for (ParsedRule rule : rules) {
      for (Insertion insertion : rule.insertions()) {
        if (cycles.leadsTo(rule, insertion)) {
          problems.add(
              rule.problem(
                  insertion.at(),
                  "it fires again on what this leads to, without end; demand a later event with"
                      + " follows, or insert something else"));
          break;
        }
      }
    }
    return problems;
  }

  private static boolean isFollowed(ParsedRule rule, BoundFact sequence) {
    return rule.conditions().patterns().stream()
        .flatMap(pattern -> pattern.conditions().stream())
        .anyMatch(
            condition ->
                condition.others().contains(sequence)
                    && condition.node().text().contains(".follows("));
  }

  private Set<String> stagesOf(Pattern pattern) {
    Set<String> stages = RuleStages.stages(pattern);
    if (stages.isEmpty() && pattern.fact().type() == PendingSequence.class) {
      // A pattern without a name matches every sequence.
      rules.forEach(
          rule ->
              rule.insertions().stream()
                  .filter(insertion -> insertion.sequenceName() != null)
                  .forEach(insertion -> stages.add(RuleStages.stage(insertion))));
    }
    return stages;
  }

  private boolean leadsTo(ParsedRule rule, Insertion insertion) {
    Set<String> seen = new HashSet<>();
    List<String> open = new ArrayList<>(List.of(RuleStages.stage(insertion)));
    while (!open.isEmpty()) {
      String stage = open.remove(0);
      if (seen.add(stage)) {
        for (ParsedRule next : matchedBy.getOrDefault(stage, Set.of())) {
          if (next.name().equals(rule.name())) {
            return true;
          }
          next.insertions().forEach(one -> open.add(RuleStages.stage(one)));
        }
      }
    }
    return false;
  }
}
