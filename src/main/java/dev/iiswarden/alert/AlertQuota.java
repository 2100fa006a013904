package dev.iiswarden.alert;

import dev.iiswarden.rules.Rule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A limit on the alerts that a rule may raise within one clock hour of event time, on one host and
 * on all hosts together. It keeps one bad edit from flooding the people who read alerts. Alerts
 * over the limit are suppressed. A summary alert reports the first of them, and another reports
 * their number when the hour is over. Safe for use by several threads.
 */
final class AlertQuota {
  /**
   * Most counts kept, one for each rule, host and hour. The least recently used is dropped first,
   * with a summary.
   */
  private static final int MOST_KEPT = 100_000;

  private final int mostByRule;
  private final int mostByRuleAndHost;
  private final Map<Key, Count> counts = new LinkedHashMap<>(16, 0.75f, true);

  AlertQuota(int mostByRule, int mostByRuleAndHost) {
    this.mostByRule = mostByRule;
    this.mostByRuleAndHost = mostByRuleAndHost;
  }

  /** Returns what to deliver for an alert: any summaries, and the alert, marked if suppressed. */
  synchronized List<Alert> filter(Alert alert) {
    Instant hour = alert.timestamp().truncatedTo(ChronoUnit.HOURS);
    List<Alert> result = new ArrayList<>(1);
    Key onHost = new Key(alert.rule().id(), alert.hostKey(), hour);
    Key anywhere = new Key(alert.rule().id(), "", hour);
    Count host = count(onHost, result);
    Count all = count(anywhere, result);
    boolean tooManyOnHost = host.said >= mostByRuleAndHost;
    if (!tooManyOnHost && all.said < mostByRule) {
      host.said++;
      all.said++;
      result.add(alert);
      return result;
    }
    Count full = tooManyOnHost ? host : all;
    Key of = tooManyOnHost ? onHost : anywhere;
    if (full.heldBack == 0) {
      result.add(summary(of, full, alert, "begins"));
    }
    full.heldBack++;
    full.last = alert;
    result.add(
        alert.suppressedBy(
            new Suppression(
                Suppression.By.QUOTA,
                null,
                "rule " + of.rule + " has raised too many alerts since " + hour)));
    return result;
  }

  /** Returns summaries of all suppressed alerts that have none yet. */
  synchronized List<Alert> close() {
    List<Alert> summaries = new ArrayList<>();
    counts.forEach((key, count) -> sumUp(key, count, summaries));
    counts.clear();
    return summaries;
  }

  /** Returns the count for an hour, and closes the count of the hour before. */
  private Count count(Key key, List<Alert> summaries) {
    Count known = counts.get(key);
    if (known != null) {
      return known;
    }
    Count fresh = new Count();
    counts.put(key, fresh);
    Key before = new Key(key.rule, key.host, key.hour.minus(1, ChronoUnit.HOURS));
    Count over = counts.remove(before);
    if (over != null) {
      sumUp(before, over, summaries);
    }
    if (counts.size() > MOST_KEPT) {
      Map.Entry<Key, Count> eldest = counts.entrySet().iterator().next();
      sumUp(eldest.getKey(), eldest.getValue(), summaries);
      counts.remove(eldest.getKey());
    }
    return fresh;
  }

  private void sumUp(Key key, Count count, List<Alert> summaries) {
    Alert last = count.last;
    if (last != null) {
      summaries.add(summary(key, count, last, "ends"));
    }
  }

  private Alert summary(Key key, Count count, Alert alert, String which) {
    Rule rule = alert.rule();
    String where = key.host.isEmpty() ? "on all hosts together" : "on host " + key.host;
    boolean over = which.equals("ends");
    String name =
        over
            ? String.format(
                Locale.ROOT,
                "%,d alerts of rule %s were suppressed %s",
                count.heldBack,
                key.rule,
                where)
            : "Rule " + key.rule + " raises too many alerts " + where + ": more are suppressed";
    Rule summary =
        rule.toBuilder()
            .id("alerts-held-back")
            .name(name)
            .description(
                String.format(
                    Locale.ROOT,
                    "In the hour that began at %s, the rule \"%s\" raised %,d alerts %s. %s",
                    key.hour,
                    rule.name(),
                    count.said,
                    where,
                    over
                        ? "All further alerts of that hour were suppressed."
                        : "Further alerts of that hour are suppressed; their number follows. Check"
                            + " whether the rule was edited recently."))
            .falsePositives(
                List.of("A rule that is too broad, or an intruder who hides in a flood of alerts"))
            .author("iiswarden")
            .version("1")
            .build();
    return Alert.about(
        summary, alert.evidence(), "held back", key.rule, key.host, key.hour.toString(), which);
  }

  private record Key(String rule, String host, Instant hour) {}

  private static final class Count {
    private long said;
    private long heldBack;
    private @org.jspecify.annotations.Nullable Alert last;
  }
}
