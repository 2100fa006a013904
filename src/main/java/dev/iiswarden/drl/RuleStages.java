package dev.iiswarden.drl;

import dev.iiswarden.event.Detection;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Which rules depend on which: the rules that complete a sequence on those that begin it, and the
 * rules that match a registration on those that recognise one. Immutable.
 */
final class RuleStages {
  /** Cannot be the name of a sequence, because names are in quotes. */
  static final String REGISTRATION = "\"registration";

  private static final String DETECTION = "\"detection";

  private static final java.util.regex.Pattern NAME =
      java.util.regex.Pattern.compile("this\\.name==\"(.*)\"");

  private final Map<String, Set<String>> awaited = new HashMap<>();
  private final Map<String, Set<String>> begunBy = new HashMap<>();

  RuleStages(List<ParsedRule> rules) {
    for (ParsedRule rule : rules) {
      Set<String> waitsFor = new LinkedHashSet<>();
      rule.conditions().patterns().forEach(pattern -> waitsFor.addAll(stages(pattern)));
      awaited.put(rule.name(), waitsFor);
      for (Insertion insertion : rule.insertions()) {
        begunBy.computeIfAbsent(stage(insertion), unused -> new LinkedHashSet<>()).add(rule.name());
      }
    }
  }

  /** Returns the sequences that a pattern waits for, by name; or a registration. */
  static Set<String> stages(Pattern pattern) {
    Set<String> stages = new HashSet<>();
    if (pattern.fact().type() == ModuleRegistration.class) {
      stages.add(REGISTRATION);
    } else if (pattern.fact().type() == Detection.class) {
      stages.add(DETECTION);
    } else if (pattern.fact().type() == PendingSequence.class) {
      for (Pattern.Condition condition : pattern.conditions()) {
        String name = sequenceName(condition);
        if (name != null) {
          stages.add(name);
        }
      }
    }
    return stages;
  }

  /** Returns the name that a condition on a sequence demands; null if it demands none. */
  static @Nullable String sequenceName(Pattern.Condition condition) {
    Matcher name = NAME.matcher(condition.node().text());
    return name.matches() ? name.group(1) : null;
  }

  /** Returns what a rule that inserts this fact begins. */
  static String stage(Insertion insertion) {
    String sequence = insertion.sequenceName();
    if (sequence != null) {
      return sequence;
    }
    return insertion.type() == Detection.class ? DETECTION : REGISTRATION;
  }

  /** Returns the names of the rules that insert what a pattern waits for, in order. */
  Set<String> begin(Pattern pattern) {
    Set<String> rules = new TreeSet<>();
    stages(pattern).forEach(stage -> rules.addAll(begunBy.getOrDefault(stage, Set.of())));
    return rules;
  }

  /** Returns the names of the rules that must match before the given rule can, nearest first. */
  Set<String> before(String rule) {
    Set<String> found = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(rule));
    while (!open.isEmpty()) {
      for (String stage : awaited.getOrDefault(open.remove(0), Set.of())) {
        for (String first : begunBy.getOrDefault(stage, Set.of())) {
          if (!first.equals(rule) && found.add(first)) {
            open.add(first);
          }
        }
      }
    }
    return found;
  }
}
