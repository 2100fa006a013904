package dev.iiswarden.scenario;

import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Explanation;
import dev.iiswarden.rules.Explanation.Condition;
import dev.iiswarden.rules.Explanation.Outcome;
import dev.iiswarden.rules.Rules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A record of the rule conditions that scenarios test. A condition that is never met, or always
 * met, could be removed or negated without any scenario failing. Made by the constructor and filled
 * by {@link #add}. Not safe for use by several threads.
 *
 * <p>A condition that compares an event with others counts as met when its rule fired. It counts as
 * not met when an event of a scenario meets all other conditions of the rule and the rule did not
 * fire. For rules that raise no alerts, such conditions are not counted.
 */
public final class Coverage {
  private final Rules rules;
  private final Set<Place> all = new HashSet<>();
  private final Set<Place> met = new HashSet<>();
  private final Set<Place> notMet = new HashSet<>();
  private final Set<String> fired = new TreeSet<>();

  /** Creates a record in which nothing is tested yet. */
  public Coverage(Rules rules) {
    this.rules = rules;
  }

  /** Adds the result of a scenario. */
  public void add(ScenarioResult result) {
    Set<String> said = new HashSet<>();
    result.alerts().forEach(alert -> said.add(alert.rule().id()));
    fired.addAll(said);
    for (Event event : result.scenario().events()) {
      for (Explanation explanation : rules.explain(event)) {
        boolean rest =
            explanation.conditions().stream()
                .noneMatch(condition -> condition.outcome() == Outcome.NOT_MET);
        for (Condition condition : explanation.conditions()) {
          add(explanation, condition, rest, said);
        }
      }
    }
  }

  private void add(Explanation explanation, Condition condition, boolean rest, Set<String> said) {
    Place place =
        new Place(
            explanation.ruleId() == null ? explanation.ruleName() : explanation.ruleId(),
            explanation.factType(),
            condition.text());
    if (condition.outcome() == Outcome.MET || condition.outcome() == Outcome.NOT_MET) {
      all.add(place);
      (condition.outcome() == Outcome.MET ? met : notMet).add(place);
    } else if (explanation.ruleId() != null) {
      all.add(place);
      if (rest) {
        (said.contains(explanation.ruleId()) ? met : notMet).add(place);
      }
    }
  }

  /** The number of conditions seen. */
  public int conditions() {
    return all.size();
  }

  /** The number of conditions that were met at least once and not met at least once. */
  public int covered() {
    return conditions() - (int) all.stream().filter(place -> !isCovered(place)).count();
  }

  private boolean isCovered(Place place) {
    return met.contains(place) && notMet.contains(place);
  }

  /** The ids of rules that raised no alert in any scenario. */
  public List<String> silentRules() {
    return rules.all().stream()
        .map(rule -> rule.id())
        .filter(id -> !fired.contains(id))
        .sorted()
        .toList();
  }

  /** Each condition that was never met or always met, in words. */
  public List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    for (Place place : all) {
      if (!isCovered(place)) {
        gaps.add(
            place.rule()
                + ": "
                + (met.contains(place) ? "always met" : "never met")
                + ": "
                + place.factType()
                + "( "
                + place.condition()
                + " )");
      }
    }
    gaps.sort(null);
    return gaps;
  }

  private record Place(String rule, String factType, String condition) {}
}
