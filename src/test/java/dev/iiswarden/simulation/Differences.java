package dev.iiswarden.simulation;

import dev.iiswarden.alert.Alert;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The alerts that a run lacks, and those that it has beyond the undisturbed run. */
final class Differences {
  private final Map<String, Alert> missing;
  private final Map<String, Alert> extra;
  private final Verdict.Builder verdict;

  /** Compares alerts by id. */
  Differences(Map<String, Alert> expected, Map<String, Alert> actual, Verdict.Builder verdict) {
    this.verdict = verdict;
    missing = new TreeMap<>(expected);
    missing.keySet().removeAll(actual.keySet());
    extra = new TreeMap<>(actual);
    extra.keySet().removeAll(expected.keySet());
  }

  /** Leaves out all rules but these. */
  void onlyRules(Set<String> ids) {
    missing.values().removeIf(alert -> !ids.contains(alert.rule().id()));
    extra.values().removeIf(alert -> !ids.contains(alert.rule().id()));
  }

  /** Explains differences. */
  void explain(Predicate<Alert> which, String why) {
    explain(missing, which, why);
    explain(extra, which, why);
  }

  /** Explains alerts beyond those of the undisturbed run. */
  void explainExtra(Predicate<Alert> which, String why) {
    explain(extra, which, why);
  }

  private void explain(Map<String, Alert> alerts, Predicate<Alert> which, String why) {
    alerts
        .values()
        .removeIf(
            alert -> {
              if (!which.test(alert)) {
                return false;
              }
              verdict.explained(alert + ": " + why);
              return true;
            });
  }

  /** Reports what is left as problems. */
  void report() {
    missing.values().forEach(alert -> verdict.problem("missing: " + alert));
    extra.values().forEach(alert -> verdict.problem("extra: " + alert));
  }
}
