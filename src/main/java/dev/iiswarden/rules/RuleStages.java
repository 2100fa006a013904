package dev.iiswarden.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * Which rules depend on which: the rules that complete a sequence on those that begin it, and the
 * rules that match a registration on those that recognise one.
 */
final class RuleStages {
  static final Pattern BEGUN = Pattern.compile("new PendingSequence\\(\\s*\"([^\"]+)\"");
  static final Pattern REGISTERED = Pattern.compile("new ModuleRegistration\\(");
  static final Pattern AWAITED = Pattern.compile("\\bname\\s*==\\s*\"([^\"]+)\"");

  /** Cannot be the name of a sequence, because names are in quotes. */
  private static final String REGISTRATION = "\"";

  private final Map<String, Set<String>> awaited = new HashMap<>();
  private final Map<String, Set<String>> begunBy = new HashMap<>();

  /**
   * Reads rule files. A file that cannot be parsed counts as one without rules.
   *
   * @param texts of files that compile together
   */
  RuleStages(Collection<String> texts) {
    for (String text : texts) {
      PackageDescr parsed = RuleFile.parse(text);
      if (parsed != null) {
        parsed.getRules().forEach(this::read);
      }
    }
  }

  private void read(RuleDescr rule) {
    Set<String> waitsFor = new HashSet<>();
    for (PatternDescr pattern : RuleFile.patterns(rule)) {
      if (pattern.getObjectType().equals("ModuleRegistration")) {
        waitsFor.add(REGISTRATION);
      } else if (pattern.getObjectType().equals("PendingSequence")) {
        for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
          AWAITED
              .matcher(String.valueOf(constraint.getText()))
              .results()
              .forEach(name -> waitsFor.add(name.group(1)));
        }
      }
    }
    awaited.put(rule.getName(), waitsFor);
    String consequence = String.valueOf(rule.getConsequence());
    Matcher begun = BEGUN.matcher(consequence);
    while (begun.find()) {
      begunBy.computeIfAbsent(begun.group(1), unused -> new LinkedHashSet<>()).add(rule.getName());
    }
    if (REGISTERED.matcher(consequence).find()) {
      begunBy.computeIfAbsent(REGISTRATION, unused -> new LinkedHashSet<>()).add(rule.getName());
    }
  }

  /** The names of the rules that must match before the given rule can, the nearest first. */
  Set<String> before(String rule) {
    Set<String> found = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(rule));
    while (!open.isEmpty()) {
      for (String sequence : awaited.getOrDefault(open.remove(0), Set.of())) {
        for (String first : begunBy.getOrDefault(sequence, Set.of())) {
          if (!first.equals(rule) && found.add(first)) {
            open.add(first);
          }
        }
      }
    }
    return found;
  }
}
