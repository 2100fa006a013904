package dev.iiswarden.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.rules.Rule;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filter between rules and sinks. It suppresses alerts that the allowlist covers, that repeat
 * an earlier alert, or that exceed the hourly limits, and finds the incident of each alert that the
 * allowlist does not cover. {@code Detector} makes it. Safe for use by several threads.
 */
public final class AlertScreen {
  private static final Logger LOG = LoggerFactory.getLogger(AlertScreen.class);

  private final InstantSource clock;
  private final IncidentTracker incidents = new IncidentTracker();
  private final RepeatFilter repeats;
  private final AlertQuota quota;
  private final Map<String, LongAdder> allowed = new ConcurrentHashMap<>();
  private final LongAdder suppressed = new LongAdder();
  private final Set<String> saidToBeExpired = ConcurrentHashMap.newKeySet();
  private volatile Allowlist allowlist;

  /**
   * Creates a screen.
   *
   * @param clock decides when an allowlist entry has expired
   * @param repeatSpan how long after an alert its repeats are suppressed; null to suppress only
   *     what rules declare to be repeats
   * @param mostByRule how many alerts a rule may raise within a clock hour on all hosts together
   * @param mostByRuleAndHost how many alerts a rule may raise within a clock hour on one host
   */
  public AlertScreen(
      Allowlist allowlist,
      InstantSource clock,
      @Nullable Duration repeatSpan,
      int mostByRule,
      int mostByRuleAndHost) {
    this.allowlist = allowlist;
    this.clock = clock;
    repeats = new RepeatFilter(repeatSpan);
    quota = new AlertQuota(mostByRule, mostByRuleAndHost);
  }

  /** Replaces the allowlist. */
  public void use(Allowlist other) {
    saidToBeExpired.clear();
    allowlist = other;
    for (AllowlistEntry entry : other.entries()) {
      if (entry.isExpiredAt(clock.instant())) {
        LOG.warn(
            "allowlist entry {} of {} has expired on {} and allows nothing any more",
            entry.id(),
            entry.owner(),
            entry.expires());
      }
    }
  }

  Allowlist allowlist() {
    return allowlist;
  }

  /** Returns what to deliver for these alerts, in order; suppressed alerts are marked. */
  List<Alert> screen(List<Alert> alerts) {
    List<Alert> result = new ArrayList<>(alerts.size());
    List<Alert> moment = new ArrayList<>();
    for (Alert alert : alerts) {
      Alert screened = byAllowlist(alert);
      if (!moment.isEmpty() && !IncidentTracker.isOfSameMoment(moment.get(0), screened)) {
        screenMoment(moment, result);
        moment.clear();
      }
      (screened.suppression() == null ? moment : result).add(screened);
    }
    screenMoment(moment, result);
    for (Alert alert : result) {
      if (alert.suppression() != null) {
        suppressed.increment();
      }
    }
    return result;
  }

  /** Screens alerts of one host and one moment, which are told of their incidents together. */
  private void screenMoment(List<Alert> moment, List<Alert> result) {
    if (moment.isEmpty()) {
      return;
    }
    for (Alert alert : incidents.join(moment)) {
      Alert screened = repeats.filter(alert);
      List<Alert> told =
          screened.suppression() == null ? quota.filter(screened) : List.of(screened);
      told.forEach(one -> result.add(one.suppression() == null ? incidents.shown(one) : one));
    }
  }

  private Alert byAllowlist(Alert alert) {
    for (AllowlistEntry entry : allowlist.entries()) {
      if (entry.allows(alert)) {
        if (!entry.isExpiredAt(clock.instant())) {
          allowed.computeIfAbsent(entry.id(), unused -> new LongAdder()).increment();
          return alert.suppressedBy(
              new Suppression(Suppression.By.ALLOWLIST, entry.id(), entry.reason()));
        }
        if (saidToBeExpired.add(entry.id())) {
          LOG.warn(
              "allowlist entry {} of {} has expired on {}: alerts it allowed are raised again, the"
                  + " first is {}",
              entry.id(),
              entry.owner(),
              entry.expires(),
              alert.id());
        }
      }
    }
    return alert;
  }

  /** Returns what repeats, hourly limits and incidents remember, one entry each. */
  public List<JsonNode> state() {
    List<JsonNode> state = new ArrayList<>();
    repeats.addTo(state);
    quota.addTo(state);
    incidents.addTo(state);
    return state;
  }

  /**
   * Restores entries that {@link #state()} or {@link #takeChanges()} returned.
   *
   * @param rules the rules in force
   * @throws IOException if an entry cannot be read
   */
  public void restore(Iterable<JsonNode> state, Collection<Rule> rules) throws IOException {
    for (JsonNode entry : state) {
      try {
        switch (entry.path("kind").asText()) {
          case AlertQuota.KIND -> quota.restore(entry, rules);
          case AlertQuota.SHOWN -> quota.restoreShown(entry);
          case IncidentChain.KIND -> incidents.restore(entry);
          default -> repeats.restore(entry);
        }
      } catch (RuntimeException e) {
        throw new IOException("what delivery remembers cannot be read: " + e.getMessage(), e);
      }
    }
  }

  /** Begins to take note of what changes, for {@link #takeChanges()}. */
  public void trackChanges() {
    repeats.trackChanges();
    quota.trackChanges();
    incidents.trackChanges();
  }

  /** Returns the entries that have changed since the last call, by name; null for removed ones. */
  public Map<String, @Nullable JsonNode> takeChanges() {
    Map<String, @Nullable JsonNode> changes = new TreeMap<>();
    repeats.takeChanges(changes);
    quota.takeChanges(changes);
    incidents.takeChanges(changes);
    return changes;
  }

  /** Returns the summaries that are still due. */
  List<Alert> close() {
    return quota.close().stream().map(incidents::shown).toList();
  }

  /** The number of alerts suppressed so far. */
  public long suppressedCount() {
    return suppressed.sum();
  }

  /** The number of alerts that each allowlist entry has suppressed so far, by the entry's id. */
  public Map<String, Long> allowedCounts() {
    Map<String, Long> counts = new TreeMap<>();
    allowed.forEach((entry, count) -> counts.put(entry, count.sum()));
    return counts;
  }
}
