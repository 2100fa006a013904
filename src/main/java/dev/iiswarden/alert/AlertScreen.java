package dev.iiswarden.alert;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
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
 * Stands between rules and sinks: decides which alerts are said and which are held back, by the
 * allowlist, as repeats, or because there are too many. Safe for use by several threads.
 */
public final class AlertScreen {
  private static final Logger LOG = LoggerFactory.getLogger(AlertScreen.class);

  private final InstantSource clock;
  private final @Nullable RepeatFilter repeats;
  private final AlertQuota quota;
  private final Map<String, LongAdder> allowed = new ConcurrentHashMap<>();
  private final LongAdder suppressed = new LongAdder();
  private final Set<String> saidToBeExpired = ConcurrentHashMap.newKeySet();
  private volatile Allowlist allowlist;

  /**
   * A screen that has not taken an alert yet.
   *
   * @param clock tells when an entry of the allowlist has expired
   * @param repeatSpan for how long after an alert its repeats are suppressed; null for not at all
   * @param mostByRule how many alerts a rule may raise within an hour on all hosts together
   * @param mostByRuleAndHost how many of them on one host
   */
  public AlertScreen(
      Allowlist allowlist,
      InstantSource clock,
      @Nullable Duration repeatSpan,
      int mostByRule,
      int mostByRuleAndHost) {
    this.allowlist = allowlist;
    this.clock = clock;
    repeats = repeatSpan == null ? null : new RepeatFilter(repeatSpan);
    quota = new AlertQuota(mostByRule, mostByRuleAndHost);
  }

  /** Goes on with another allowlist. */
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

  /** What is to be said of these alerts, in their order: those held back have a suppression. */
  List<Alert> screen(List<Alert> alerts) {
    List<Alert> result = new ArrayList<>(alerts.size());
    for (Alert alert : alerts) {
      Alert screened = byAllowlist(alert);
      if (screened.suppression() == null && repeats != null) {
        screened = repeats.filter(screened);
      }
      if (screened.suppression() == null) {
        result.addAll(quota.filter(screened));
      } else {
        result.add(screened);
      }
    }
    result.stream()
        .filter(alert -> alert.suppression() != null)
        .forEach(unused -> suppressed.increment());
    return result;
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

  /** What remains to be said at the end. */
  List<Alert> close() {
    return quota.close();
  }

  /** How many alerts were held back so far. */
  public long suppressedCount() {
    return suppressed.sum();
  }

  /** How many alerts each entry of the allowlist has held back so far, by its id. */
  public Map<String, Long> allowedCounts() {
    Map<String, Long> counts = new TreeMap<>();
    allowed.forEach((entry, count) -> counts.put(entry, count.sum()));
    return counts;
  }
}
