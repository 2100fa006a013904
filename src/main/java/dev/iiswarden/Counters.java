package dev.iiswarden;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a detector has seen since it was built, and what it holds now. Made by {@link
 * Detector#counters()}; the {@linkplain #builder() builder} is for tests of what reads counters.
 * Immutable and safe for use by several threads.
 */
public final class Counters {
  private final Builder values;

  private Counters(Builder values) {
    this.values = values;
  }

  /** A builder whose counters are all zero. */
  public static Builder builder() {
    return new Builder();
  }

  /** Records handed in, whatever became of them. */
  public long events() {
    return values.events;
  }

  /** Records in which some rule was interested. */
  public long relevant() {
    return values.relevant;
  }

  /** Alerts that rules raised, suppressed ones included. */
  public long alerts() {
    return values.alerts;
  }

  /** Relevant records that arrived later than the lateness allows and were judged on arrival. */
  public long late() {
    return values.late;
  }

  /**
   * Relevant records left out because their host had logged the same action under another event
   * code within the last ten seconds.
   */
  public long repeated() {
    return values.repeated;
  }

  /**
   * Relevant records left out because they had been read before: records with the same computer,
   * channel, record id, event code and time. The last 131,072 relevant records are remembered, in
   * up to 8 MB of memory.
   */
  public long duplicates() {
    return values.duplicates;
  }

  /**
   * Records dated too far in the future, which counted as of their host's clock or their arrival;
   * and records so far ahead of their host's clock that the host's next event refuted them.
   */
  public long futureDated() {
    return values.futureDated;
  }

  /**
   * Facts that were dropped, or too large to be held, because a ceiling was reached. Rules no
   * longer wait for what would have followed them.
   */
  public long dropped() {
    return values.dropped;
  }

  /** Records judged before their turn because too many waited. */
  public long judgedEarly() {
    return values.judgedEarly;
  }

  /**
   * Records dated before the year 2000. They are judged like any other, but the clock of the
   * machine or of its collector is probably wrong.
   */
  public long pastDated() {
    return values.pastDated;
  }

  /**
   * Records that became events without the name of a host. They are judged, but take part in no
   * sequence.
   */
  public long withoutHost() {
    return values.withoutHost;
  }

  /**
   * Records that were read and hold no event that a rule could match.
   *
   * <p>This and the counters {@link #unrecognised()}, {@link #withoutTime()} and {@link
   * #malformed()} account for every record that became no event: the remaining {@link #events()}
   * did.
   */
  public long notOfInterest() {
    return values.notOfInterest;
  }

  /** Records that are well formed, but of no known shape. What they say was not judged. */
  public long unrecognised() {
    return values.unrecognised;
  }

  /** Records of an event without a time that can be trusted. The event was not judged. */
  public long withoutTime() {
    return values.withoutTime;
  }

  /**
   * Records that are damaged. Records of an unknown shape or without a time are not among them, see
   * {@link #unrecognised()} and {@link #withoutTime()}.
   */
  public long malformed() {
    return values.malformed;
  }

  /** How many times a rule threw an exception. */
  public long ruleFailures() {
    return values.ruleFailures;
  }

  /**
   * How many times a rule exceeded its budget on a record: it joined, inserted or repeated too
   * much, and had no say on that record.
   */
  public long overBudget() {
    return values.overBudget;
  }

  /** Alerts suppressed by the allowlist, as repeats, or by the hourly limits. */
  public long suppressed() {
    return values.suppressed;
  }

  /** Alerts that a sink has refused so far, counted for each sink. */
  public long undelivered() {
    return values.undelivered;
  }

  /** Hosts for which something is held. */
  public long openHosts() {
    return values.openHosts;
  }

  /** Facts that rules hold. */
  public long openFacts() {
    return values.openFacts;
  }

  /** Relevant records waiting to be put in order. */
  public long waiting() {
    return values.waiting;
  }

  /** Time spent on relevant records so far, without the gate before them and the sinks after. */
  public Duration judging() {
    return values.judging;
  }

  /** Time sinks have taken so far. */
  public Duration delivery() {
    return values.delivery;
  }

  private Map<String, Object> byName() {
    Map<String, Object> byName = new LinkedHashMap<>();
    byName.put("events", values.events);
    byName.put("relevant", values.relevant);
    byName.put("alerts", values.alerts);
    byName.put("late", values.late);
    byName.put("repeated", values.repeated);
    byName.put("duplicates", values.duplicates);
    byName.put("futureDated", values.futureDated);
    byName.put("dropped", values.dropped);
    byName.put("judgedEarly", values.judgedEarly);
    byName.put("pastDated", values.pastDated);
    byName.put("withoutHost", values.withoutHost);
    byName.put("notOfInterest", values.notOfInterest);
    byName.put("unrecognised", values.unrecognised);
    byName.put("withoutTime", values.withoutTime);
    byName.put("malformed", values.malformed);
    byName.put("ruleFailures", values.ruleFailures);
    byName.put("overBudget", values.overBudget);
    byName.put("suppressed", values.suppressed);
    byName.put("undelivered", values.undelivered);
    byName.put("openHosts", values.openHosts);
    byName.put("openFacts", values.openFacts);
    byName.put("waiting", values.waiting);
    byName.put("judging", values.judging);
    byName.put("delivery", values.delivery);
    return byName;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Counters counters && byName().equals(counters.byName());
  }

  @Override
  public int hashCode() {
    return byName().hashCode();
  }

  /** All counters by name, for logs. */
  @Override
  public String toString() {
    return "Counters" + byName();
  }

  /** Builds counters; those that are not set are zero. Not safe for use by several threads. */
  public static final class Builder implements Cloneable {
    private long events;
    private long relevant;
    private long alerts;
    private long late;
    private long repeated;
    private long duplicates;
    private long futureDated;
    private long dropped;
    private long judgedEarly;
    private long pastDated;
    private long withoutHost;
    private long notOfInterest;
    private long unrecognised;
    private long withoutTime;
    private long malformed;
    private long ruleFailures;
    private long overBudget;
    private long suppressed;
    private long undelivered;
    private long openHosts;
    private long openFacts;
    private long waiting;
    private Duration judging = Duration.ZERO;
    private Duration delivery = Duration.ZERO;

    /** {@link Counters#events()}. */
    public Builder events(long count) {
      events = count;
      return this;
    }

    /** {@link Counters#relevant()}. */
    public Builder relevant(long count) {
      relevant = count;
      return this;
    }

    /** {@link Counters#alerts()}. */
    public Builder alerts(long count) {
      alerts = count;
      return this;
    }

    /** {@link Counters#late()}. */
    public Builder late(long count) {
      late = count;
      return this;
    }

    /** {@link Counters#repeated()}. */
    public Builder repeated(long count) {
      repeated = count;
      return this;
    }

    /** {@link Counters#duplicates()}. */
    public Builder duplicates(long count) {
      duplicates = count;
      return this;
    }

    /** {@link Counters#futureDated()}. */
    public Builder futureDated(long count) {
      futureDated = count;
      return this;
    }

    /** {@link Counters#dropped()}. */
    public Builder dropped(long count) {
      dropped = count;
      return this;
    }

    /** {@link Counters#judgedEarly()}. */
    public Builder judgedEarly(long count) {
      judgedEarly = count;
      return this;
    }

    /** {@link Counters#pastDated()}. */
    public Builder pastDated(long count) {
      pastDated = count;
      return this;
    }

    /** {@link Counters#withoutHost()}. */
    public Builder withoutHost(long count) {
      withoutHost = count;
      return this;
    }

    /** {@link Counters#notOfInterest()}. */
    public Builder notOfInterest(long count) {
      notOfInterest = count;
      return this;
    }

    /** {@link Counters#unrecognised()}. */
    public Builder unrecognised(long count) {
      unrecognised = count;
      return this;
    }

    /** {@link Counters#withoutTime()}. */
    public Builder withoutTime(long count) {
      withoutTime = count;
      return this;
    }

    /** {@link Counters#malformed()}. */
    public Builder malformed(long count) {
      malformed = count;
      return this;
    }

    /** {@link Counters#overBudget()}. */
    public Builder overBudget(long count) {
      overBudget = count;
      return this;
    }

    /** {@link Counters#ruleFailures()}. */
    public Builder ruleFailures(long count) {
      ruleFailures = count;
      return this;
    }

    /** {@link Counters#suppressed()}. */
    public Builder suppressed(long count) {
      suppressed = count;
      return this;
    }

    /** {@link Counters#undelivered()}. */
    public Builder undelivered(long count) {
      undelivered = count;
      return this;
    }

    /** {@link Counters#openHosts()}. */
    public Builder openHosts(long count) {
      openHosts = count;
      return this;
    }

    /** {@link Counters#openFacts()}. */
    public Builder openFacts(long count) {
      openFacts = count;
      return this;
    }

    /** {@link Counters#waiting()}. */
    public Builder waiting(long count) {
      waiting = count;
      return this;
    }

    /** {@link Counters#judging()}. */
    public Builder judging(Duration time) {
      judging = time;
      return this;
    }

    /** {@link Counters#delivery()}. */
    public Builder delivery(Duration time) {
      delivery = time;
      return this;
    }

    /** The counters; the builder may be used again. */
    public Counters build() {
      try {
        return new Counters((Builder) clone());
      } catch (CloneNotSupportedException e) {
        throw new AssertionError("Builder is Cloneable", e);
      }
    }
  }
}
