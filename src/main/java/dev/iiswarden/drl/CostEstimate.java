package dev.iiswarden.drl;

import java.util.List;
import java.util.Locale;

/**
 * What rules cost at most, estimated from their conditions alone. Comparisons are those of single
 * characters or values that one event can cause if it meets every condition; most events fail the
 * first. Tuples are those that one record can make a rule try if a host has as many facts as it
 * may.
 *
 * @param comparisons comparisons of all rules per event
 * @param costliest the rule that causes most of them; empty if there is no rule
 * @param comparisonsOfCostliest comparisons of that rule
 * @param tuples tuples per record of the rule that joins most facts
 * @param mostJoined the rule that joins most facts; empty if no rule joins any
 */
public record CostEstimate(
    long comparisons,
    String costliest,
    long comparisonsOfCostliest,
    long tuples,
    String mostJoined) {
  private static final long FACTS_PER_HOST = 1_000;

  static CostEstimate of(List<ParsedRule> rules) {
    long comparisons = 0;
    String costliest = "";
    long most = 0;
    String joined = "";
    long tuples = 0;
    for (ParsedRule rule : rules) {
      List<Pattern> patterns = rule.conditions().patterns();
      long ofRule =
          patterns.stream()
              .flatMap(pattern -> pattern.conditions().stream())
              .mapToLong(condition -> condition.node().cost())
              .sum();
      comparisons += ofRule;
      if (ofRule > most) {
        most = ofRule;
        costliest = rule.name();
      }
      long ofJoins = tuples(patterns.size());
      if (ofJoins > tuples) {
        tuples = ofJoins;
        joined = rule.name();
      }
    }
    return new CostEstimate(comparisons, costliest, most, tuples, joined);
  }

  private static long tuples(int patterns) {
    long tuples = patterns < 2 ? 0 : 1;
    for (int i = 1; i < Math.min(patterns, 6); i++) {
      tuples *= FACTS_PER_HOST;
    }
    return tuples;
  }

  /** Returns the estimate in a sentence or two. */
  public String inWords() {
    String compared =
        String.format(
            Locale.ROOT,
            "estimated: at most %,d comparisons per event, %,d of them by \"%s\"",
            comparisons,
            comparisonsOfCostliest,
            costliest);
    return tuples == 0
        ? compared
        : compared
            + String.format(
                Locale.ROOT,
                "; with %,d facts of a host open, at most %,d tuples per record, by \"%s\"",
                FACTS_PER_HOST,
                tuples,
                mostJoined);
  }
}
