package dev.iiswarden.simulation;

import dev.iiswarden.Counters;
import dev.iiswarden.Detector;
import dev.iiswarden.decode.Outcome;
import dev.iiswarden.rules.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** What the counters of a detector have to say about what it was fed. */
final class Expected {
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private long events;
  private long relevant;
  private long futureDated;
  private long pastDated;

  /**
   * Notes a record that a detector gets.
   *
   * @param now the wall clock
   */
  void add(Fed record, Rules rules, Instant now) {
    events++;
    outcomes.merge(record.decoded().outcome(), 1L, Long::sum);
    if (rules.isRelevant(record.decoded())) {
      relevant++;
    }
    if (!record.decoded().events().isEmpty()) {
      if (record.time().getEpochSecond() > now.plus(Duration.ofDays(1)).getEpochSecond()) {
        futureDated++;
      }
      if (record.time().isBefore(Detector.OLDEST_PLAUSIBLE)) {
        pastDated++;
      }
    }
  }

  /**
   * Holds counters against what was noted.
   *
   * @param mayBeLate whether something else than its arrival may have made a record late
   */
  void check(Counters counters, boolean mayBeLate, Verdict.Builder verdict) {
    verdict.equal("events", events, counters.events());
    verdict.equal("relevant", relevant, counters.relevant() + counters.duplicates());
    verdict.equal("malformed", count(Outcome.MALFORMED), counters.malformed());
    verdict.equal("unrecognised", count(Outcome.UNRECOGNISED), counters.unrecognised());
    verdict.equal("withoutTime", count(Outcome.NO_TIME), counters.withoutTime());
    verdict.equal("notOfInterest", count(Outcome.NOT_OF_INTEREST), counters.notOfInterest());
    // An event ahead of its host's clock counts as well once another one has refuted it, which may
    // be after a restart.
    verdict.check(
        counters.futureDated() >= futureDated,
        "futureDated is " + counters.futureDated() + " instead of " + futureDated);
    verdict.equal("pastDated", pastDated, counters.pastDated());
    verdict.check(
        counters.late() == 0 || mayBeLate,
        "late is " + counters.late() + ", but nothing was judged before its turn");
    verdict.equal("withoutHost", 0, counters.withoutHost());
    verdict.equal("ruleFailures", 0, counters.ruleFailures());
    verdict.equal("overBudget", 0, counters.overBudget());
  }

  private long count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }
}
