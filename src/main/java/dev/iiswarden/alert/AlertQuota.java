package dev.iiswarden.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventJson;
import dev.iiswarden.rules.Rule;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the alerts that a rule may raise within one clock hour of event time, on one host and
 * on all hosts together. It keeps one bad edit from flooding the people who read alerts. Over the
 * limit, an alert is suppressed if an alert about the same thing was shown on that host in that
 * hour; so nobody can hide something new in a flood. A summary alert reports the first of them, and
 * another reports their number when the hour is over. Safe for use by several threads.
 */
final class AlertQuota {
  /** The kind of its entries in a saved state. */
  static final String KIND = "quota";

  /** The kind of the entries in a saved state that say what was shown. */
  static final String SHOWN = "shown";

  /**
   * Most things remembered that were shown. The least recently used is forgotten first, and shown
   * again then, which does no harm. An entry takes about 200 bytes.
   */
  private static final int MOST_SHOWN = 100_000;

  /** Longer than any name that DNS allows (RFC 1035, section 2.3.4). */
  private static final int LONGEST_HOST = 255;

  /**
   * Most counts kept, one for each rule, host and hour. The least recently used is dropped first,
   * with a summary.
   */
  private static final int MOST_KEPT = 100_000;

  /** After so many hours, it is forgotten what was shown: events hardly arrive so late. */
  private static final int HOURS_SHOWN = 2;

  private final int mostByRule;
  private final int mostByRuleAndHost;
  private final List<Alert> summaries = new ArrayList<>();

  /** An hour and its text, which nearly all alerts have in common with the one before. */
  private Instant lastHour = Instant.MIN;

  private String lastHourText = "";

  private final BoundedMemory<Count> counts =
      new BoundedMemory<>(MOST_KEPT, Count::toJson, (key, count) -> sumUp(count, summaries));
  private final BoundedMemory<Shown> shown =
      new BoundedMemory<>(MOST_SHOWN, Shown::toJson, (key, forgotten) -> {});

  AlertQuota(int mostByRule, int mostByRuleAndHost) {
    this.mostByRule = mostByRule;
    this.mostByRuleAndHost = mostByRuleAndHost;
  }

  /** Returns what to deliver for an alert: any summaries, and the alert, marked if suppressed. */
  synchronized List<Alert> filter(Alert alert) {
    Instant hour = alert.timestamp().truncatedTo(ChronoUnit.HOURS);
    String hostKey = alert.hostKey();
    Key onHost =
        key(
            alert.rule().id(),
            hostKey.length() <= LONGEST_HOST ? hostKey : Alert.digest(hostKey),
            hour);
    Key anywhere = key(alert.rule().id(), "", hour);
    Count host = count(onHost);
    Count all = count(anywhere);
    List<Alert> result = new ArrayList<>(summaries);
    summaries.clear();
    boolean tooManyOnHost = host.said >= mostByRuleAndHost;
    boolean isWithin = !tooManyOnHost && all.said < mostByRule;
    if (isNew(onHost, alert) || isWithin) {
      host.said++;
      all.said++;
      result.add(alert);
      return result;
    }
    Count full = tooManyOnHost ? host : all;
    if (full.heldBack == 0) {
      result.add(summary(full, alert, "begins"));
    }
    full.heldBack++;
    full.last = alert;
    result.add(
        alert.suppressedBy(
            new Suppression(
                Suppression.By.QUOTA,
                null,
                "rule " + full.key.rule + " has raised too many alerts since " + hour)));
    return result;
  }

  /** Whether nothing about the same thing has been shown in this hour; from now on it has been. */
  private boolean isNew(Key hour, Alert alert) {
    String key = SHOWN + '/' + Alert.digest(hour.entry(), AlertSubject.of(alert).repetitionKey());
    if (shown.use(key) != null) {
      return false;
    }
    shown.put(key, new Shown(key, hour.hour));
    for (Shown eldest = shown.eldest();
        eldest != null && eldest.hour.isBefore(hour.hour.minus(HOURS_SHOWN, ChronoUnit.HOURS));
        eldest = shown.eldest()) {
      shown.removeEldest();
    }
    return true;
  }

  /** Returns summaries of all suppressed alerts that have none yet. */
  synchronized List<Alert> close() {
    List<Alert> due = new ArrayList<>();
    counts.forEach((key, count) -> sumUp(count, due));
    counts.clear();
    return due;
  }

  private Key key(String rule, String host, Instant hour) {
    if (!hour.equals(lastHour)) {
      lastHour = hour;
      lastHourText = hour.toString();
    }
    return new Key(rule, host, hour, KIND + '/' + rule + '/' + lastHourText + '/' + host);
  }

  /** Returns the count for an hour, and closes the count of the hour before. */
  private Count count(Key key) {
    Count known = counts.use(key.entry());
    if (known != null) {
      return known;
    }
    Count fresh = new Count(key);
    counts.put(key.entry(), fresh);
    Count over =
        counts.remove(key(key.rule, key.host, key.hour.minus(1, ChronoUnit.HOURS)).entry());
    if (over != null) {
      sumUp(over, summaries);
    }
    return fresh;
  }

  private void sumUp(Count count, List<Alert> to) {
    Alert last = count.last;
    if (last != null) {
      to.add(summary(count, last, "ends"));
    }
  }

  private Alert summary(Count count, Alert alert, String which) {
    Key key = count.key;
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
                        ? "Further alerts of that hour about what had been shown before were"
                            + " suppressed."
                        : "Further alerts of that hour about what was shown before are suppressed;"
                            + " their number follows. Check whether the rule was edited"
                            + " recently."))
            .falsePositives(
                List.of("A rule that is too broad, or an intruder who hides in a flood of alerts"))
            .author("iiswarden")
            .version("1")
            .build();
    return Alert.about(
        summary, alert.evidence(), "held back", key.rule, key.host, key.hour.toString(), which);
  }

  synchronized void trackChanges() {
    counts.trackChanges();
    shown.trackChanges();
  }

  synchronized void takeChanges(Map<String, @Nullable JsonNode> to) {
    counts.takeChanges(to);
    shown.takeChanges(to);
  }

  synchronized void addTo(List<JsonNode> state) {
    counts.addTo(state);
    shown.addTo(state);
  }

  /** Restores what was shown. */
  synchronized void restoreShown(JsonNode json) {
    Shown entry =
        new Shown(json.required("key").asText(), Instant.parse(json.required("hour").asText()));
    shown.put(entry.key, entry);
  }

  /**
   * Restores a count that was written before.
   *
   * @param rules the rules in force; if the rule of a count is not among them any more, there is no
   *     summary of its hour
   */
  synchronized void restore(JsonNode json, Collection<Rule> rules) throws IOException {
    Key key =
        key(
            json.required("rule").asText(),
            json.required("host").asText(),
            Instant.parse(json.required("hour").asText()));
    Count count = new Count(key);
    count.said = json.required("said").asLong();
    count.heldBack = json.required("held_back").asLong();
    List<Event> evidence = new ArrayList<>();
    for (JsonNode event : json.path("last")) {
      evidence.add(EventJson.fromJson(event));
    }
    if (!evidence.isEmpty()) {
      rules.stream()
          .filter(rule -> rule.id().equals(key.rule))
          .findAny()
          .ifPresent(rule -> count.last = Alert.of(rule, evidence));
    }
    counts.put(key.entry(), count);
  }

  /**
   * What is counted together.
   *
   * @param entry the key of its entry in memory
   */
  private record Key(String rule, String host, Instant hour, String entry) {}

  /** Something that was shown on a host in an hour. */
  private record Shown(String key, Instant hour) {
    JsonNode toJson() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("kind", SHOWN)
          .put("key", key)
          .put("hour", hour.toString());
    }
  }

  private static final class Count {
    private final Key key;
    private long said;
    private long heldBack;
    private @Nullable Alert last;

    Count(Key key) {
      this.key = key;
    }

    ObjectNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("kind", KIND).put("rule", key.rule).put("host", key.host);
      json.put("hour", key.hour.toString()).put("said", said).put("held_back", heldBack);
      if (last != null) {
        ArrayNode evidence = json.putArray("last");
        last.evidence().forEach(event -> evidence.add(EventJson.toJson(event)));
      }
      return json;
    }
  }
}
