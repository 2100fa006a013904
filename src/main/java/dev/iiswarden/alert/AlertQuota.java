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
 * Holds back what a rule says beyond so many alerts within an hour of event time, by the clock, on
 * one host or on all together, so that one bad edit cannot drown those who read alerts. A summary
 * alert says so when it begins, and another how many there were when the hour is over. Safe for use
 * by several threads.
 */
final class AlertQuota {
  /** Rules on hosts in hours: the one heard of longest ago goes first, with its summary. */
  private static final int MOST_KEPT = 100_000;

  private final int mostByRule;
  private final int mostByRuleAndHost;
  private final Map<Key, Count> counts = new LinkedHashMap<>(16, 0.75f, true);

  AlertQuota(int mostByRule, int mostByRuleAndHost) {
    this.mostByRule = mostByRule;
    this.mostByRuleAndHost = mostByRuleAndHost;
  }

  /** What is to be said of an alert: the alert itself, or with a suppression, and summaries. */
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
                "rule " + of.rule + " has said too much since " + hour)));
    return result;
  }

  /** The summaries of all that was held back and not summed up yet. */
  synchronized List<Alert> close() {
    List<Alert> summaries = new ArrayList<>();
    counts.forEach((key, count) -> sumUp(key, count, summaries));
    counts.clear();
    return summaries;
  }

  /** The count of a rule for an hour; that of its hour before is over. */
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
                "%,d alerts of rule %s were held back %s",
                count.heldBack,
                key.rule,
                where)
            : "Rule " + key.rule + " says too much " + where + ": its alerts are held back";
    Rule summary =
        rule.toBuilder()
            .id("alerts-held-back")
            .name(name)
            .description(
                String.format(
                    Locale.ROOT,
                    "Within the hour that began at %s the rule \"%s\" has raised %,d alerts %s. %s",
                    key.hour,
                    rule.name(),
                    count.said,
                    where,
                    over
                        ? "All further ones of that hour were held back."
                        : "Further ones of that hour are held back; their number follows. Look at the"
                            + " rule: was it edited lately?"))
            .falsePositives(
                List.of("A rule that is too wide, or an intruder who wants to hide in a flood"))
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
