package dev.iiswarden.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import dev.iiswarden.event.SessionTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine evaluates events against rules, host by host. It divides the hosts among stripes, so
 * that different hosts are evaluated in parallel. {@code Detector} builds it with {@link
 * #builder()} and turns its matches into alerts. Safe for use by several threads.
 *
 * <p>Matches are handed over on the calling thread, after the stripe's lock has been released.
 */
public final class Engine implements AutoCloseable {
  private static final int STRIPES_PER_PROCESSOR = 4;

  private final Consumer<List<Match>> matches;
  private final Duration mostAhead;
  private final InstantSource arrivals;
  private final FloodLog flood = new FloodLog();
  private final RuleFailureLog failures = new RuleFailureLog();
  private final BudgetLog overBudget = new BudgetLog();
  private final LongAdder futureDated = new LongAdder();
  private final SeenRecords seen = new SeenRecords();
  private final Handovers handovers = new Handovers();
  private final Stripe[] stripes;
  private volatile long believedUntil = Long.MIN_VALUE;

  private Engine(Builder builder, RuleBase rules, Consumer<List<Match>> matches) {
    this.matches = matches;
    mostAhead = builder.mostAhead;
    arrivals = builder.arrivals;
    int count =
        Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * STRIPES_PER_PROCESSOR);
    HostContext context =
        new HostContext(
            builder.lateness,
            builder.leap,
            builder.arrivals,
            futureDated,
            builder.ceilings.dividedBy(count),
            flood,
            failures,
            Budgets.forFactsPerHost(builder.ceilings.factsPerHost()),
            overBudget);
    stripes = new Stripe[count];
    Arrays.setAll(
        stripes, unused -> new Stripe(rules, context, builder.storedHosts(), seen, handovers));
  }

  /** Returns a builder with default settings. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Evaluates the facts of one record, or holds them until their turn comes.
   *
   * @param facts at least one, all of the same host and time
   */
  public void accept(List<Event> facts) {
    Event first = facts.get(0);
    Stripe stripe = stripe(first.getHost());
    if (first.getTimestamp().getEpochSecond() <= believedUntil || isBelieved(first)) {
      handOver(stripe.accept(facts));
    } else {
      futureDated.increment();
      handOver(stripe.acceptFutureDated(facts, arrivals.instant()));
    }
  }

  /**
   * Whether an event is not dated too far in the future. The clock is read only if the event is
   * later than every event that was believed before.
   */
  private boolean isBelieved(Event event) {
    believedUntil = arrivals.instant().plus(mostAhead).getEpochSecond();
    return event.getTimestamp().getEpochSecond() <= believedUntil;
  }

  /** Advances the time of all hosts, as an event with this time would advance that of its host. */
  public void advanceTo(Instant time) {
    long millis = SessionTime.of(time);
    for (Stripe stripe : stripes) {
      handOver(stripe.advanceTo(millis));
    }
  }

  /** Advances the time of one host, as an irrelevant event with this time would. */
  public void advanceTo(HostFields host, Instant time) {
    handOver(stripe(host).advanceTo(host, SessionTime.of(time)));
  }

  /** Advances the time of the hosts that share a correlation key, each from its own clock. */
  public void elapse(String correlationKey, Duration span) {
    handOver(stripe(correlationKey.hashCode()).elapse(correlationKey, span.toMillis()));
  }

  /** Evaluates all records that still wait to be put in order. */
  public void flush() {
    for (Stripe stripe : stripes) {
      handOver(stripe.flush());
    }
  }

  private void handOver(List<Match> some) {
    if (!some.isEmpty()) {
      try {
        matches.accept(some);
      } finally {
        handovers.end();
      }
    }
  }

  private Stripe stripe(HostFields host) {
    // An event without a host belongs to no sequence, so any stripe will do: the thread selects it.
    return stripe(
        host.getName() == null ? (int) Thread.currentThread().getId() : host.correlationHash());
  }

  private Stripe stripe(int hash) {
    return stripes[(hash ^ (hash >>> 16)) & (stripes.length - 1)];
  }

  /**
   * Replaces the rule set and keeps all open state. The new rules apply to each host from its next
   * record.
   */
  public void use(RuleBase rules) {
    for (Stripe stripe : stripes) {
      stripe.use(rules);
    }
  }

  /**
   * Writes the open state of all hosts in memory, one host after the other.
   *
   * @param out flushed but not closed
   * @param position the place in the feed to which the state belongs; null for none
   * @param delivery what the delivery of alerts remembers
   * @throws IllegalStateException if the engine is closed
   */
  public void snapshot(OutputStream out, @Nullable String position, List<JsonNode> delivery)
      throws IOException {
    long lastArrival = 0;
    // Before the hosts, so that no record counts as seen that is missing from its host.
    List<Long> records = seen.state();
    List<HostState> hosts = new ArrayList<>();
    for (Stripe stripe : stripes) {
      hosts.addAll(stripe.states());
      lastArrival = Math.max(lastArrival, stripe.lastArrival());
    }
    new Snapshot(position, lastArrival, records, delivery, hosts).write(out);
  }

  /**
   * Restores what {@link #snapshot} has written.
   *
   * @param in read to the end of the snapshot but not closed
   * @return the snapshot
   * @throws IOException if it is not a complete snapshot; then nothing is restored
   * @throws IllegalStateException if the engine already has open hosts
   */
  public Snapshot restore(InputStream in) throws IOException {
    Snapshot snapshot = Snapshot.read(in);
    if (tally().openHosts() > 0) {
      throw new IllegalStateException(
          "cannot restore a snapshot: the detector already has open hosts");
    }
    seen.restore(snapshot.seen());
    for (HostState host : snapshot.hosts()) {
      stripe(host.name()).restore(host, snapshot.lastArrival());
    }
    return snapshot;
  }

  /** Returns the totals over all hosts of what was seen and is held. */
  public Tally tally() {
    Tally sum = Tally.NOTHING;
    for (Stripe stripe : stripes) {
      sum = sum.plus(stripe.tally());
    }
    return sum;
  }

  /**
   * Returns the number of records dated too far in the future, or so far ahead of their host's
   * clock that the host's next event refuted them.
   */
  public long futureDatedCount() {
    return futureDated.sum();
  }

  /** Returns the number of facts dropped because a ceiling was reached. */
  public long droppedCount() {
    return flood.droppedCount();
  }

  /** Returns the number of records evaluated early because too many waited. */
  public long judgedEarlyCount() {
    return flood.judgedEarlyCount();
  }

  /** Returns the number of exceptions that rules threw. */
  public long ruleFailureCount() {
    return failures.count();
  }

  /** Returns how often a rule exceeded its budget on a record. */
  public long overBudgetCount() {
    return overBudget.count();
  }

  /**
   * Evaluates all records that still wait, refuses further ones, and returns when all matches have
   * been handed over. A record is either refused or evaluated, whenever it comes.
   */
  public void flushAndClose() {
    for (Stripe stripe : stripes) {
      handOver(stripe.flushAndClose());
    }
    handovers.awaitOthers();
  }

  /**
   * Refuses further records, drops all hosts, and returns when all matches have been handed over.
   * Records that still wait are not evaluated.
   */
  @Override
  public void close() {
    for (Stripe stripe : stripes) {
      stripe.close();
    }
    handovers.awaitOthers();
  }

  /**
   * Builds an {@link Engine}; created by {@link Engine#builder()}. Not safe for use by several
   * threads.
   */
  public static final class Builder {
    private Duration lateness = Duration.ZERO;
    private Duration leap = EventClock.LEAP;
    private Duration mostAhead = Duration.ofDays(1);
    private InstantSource arrivals = InstantSource.system();
    private Ceilings ceilings = Ceilings.DEFAULT;
    private @Nullable PartStore store;

    private Builder() {}

    /**
     * Sets how far an event may trail its host's clock and still be put in order. The default is
     * zero.
     */
    public Builder lateness(Duration span) {
      lateness = span;
      return this;
    }

    /**
     * Sets how far ahead of its host's clock an event is believed without a second one. The default
     * is five minutes. A feed that is known to be in order needs no such limit.
     */
    public Builder leap(Duration span) {
      leap = span;
      return this;
    }

    /**
     * Sets how far after its arrival an event may be dated and still be believed. The default is
     * one day, by the system clock.
     */
    public Builder mostAhead(Duration span, InstantSource clock) {
      mostAhead = span;
      arrivals = clock;
      return this;
    }

    /** Sets the limits of the whole engine. */
    public Builder ceilings(Ceilings most) {
      ceilings = most;
      return this;
    }

    /** Sets a store for hosts that leave memory, by correlation key. */
    public Builder store(PartStore parts) {
      store = parts;
      return this;
    }

    /** Creates the store of one stripe, which tracks the changes of its own hosts. */
    private @Nullable StoredHosts storedHosts() {
      return store == null ? null : new StoredHosts(store);
    }

    /**
     * Builds the engine.
     *
     * @param matches receives the matches; never an empty list
     */
    public Engine build(RuleBase rules, Consumer<List<Match>> matches) {
      return new Engine(this, rules, matches);
    }
  }
}
