package dev.iiswarden.engine;

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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
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
            builder.ceilings.dividedBy(count),
            flood,
            failures,
            Budgets.forFactsPerHost(builder.ceilings.factsPerHost()),
            overBudget);
    stripes = new Stripe[count];
    Arrays.setAll(stripes, unused -> new Stripe(rules, context, builder.storedHosts(), seen));
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
      matches.accept(some);
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
   */
  public void snapshot(OutputStream out) throws IOException {
    long lastArrival = 0;
    // Before the hosts, so that no record counts as seen that is missing from its host.
    List<Long> records = seen.state();
    List<HostState> hosts = new ArrayList<>();
    for (Stripe stripe : stripes) {
      hosts.addAll(stripe.states());
      lastArrival = Math.max(lastArrival, stripe.lastArrival());
    }
    new Snapshot(lastArrival, records, hosts).write(out);
  }

  /**
   * Restores what {@link #snapshot} has written.
   *
   * @param in read to the end of the snapshot but not closed
   * @throws IOException if it is not a complete snapshot; then nothing is restored
   * @throws IllegalStateException if the engine already has open hosts
   */
  public void restore(InputStream in) throws IOException {
    Snapshot snapshot = Snapshot.read(in);
    if (tally().openHosts() > 0) {
      throw new IllegalStateException(
          "cannot restore a snapshot: the detector already has open hosts");
    }
    seen.restore(snapshot.seen());
    for (HostState host : snapshot.hosts()) {
      stripe(host.name()).restore(host, snapshot.lastArrival());
    }
  }

  /** Returns the totals over all hosts of what was seen and is held. */
  public Tally tally() {
    Tally sum = Tally.NOTHING;
    for (Stripe stripe : stripes) {
      sum = sum.plus(stripe.tally());
    }
    return sum;
  }

  /** Returns the number of records dated too far in the future. */
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

  /** Drops all hosts. Records that still wait are lost unless {@link #flush()} is called first. */
  @Override
  public void close() {
    for (Stripe stripe : stripes) {
      stripe.close();
    }
  }

  /**
   * Builds an {@link Engine}; created by {@link Engine#builder()}. Not safe for use by several
   * threads.
   */
  public static final class Builder {
    private Duration lateness = Duration.ZERO;
    private Duration mostAhead = Duration.ofDays(1);
    private InstantSource arrivals = InstantSource.system();
    private Ceilings ceilings = Ceilings.DEFAULT;
    private @Nullable Function<String, byte @Nullable []> load;
    private @Nullable BiConsumer<String, byte @Nullable []> save;

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

    /**
     * Sets a store for hosts that leave memory, by correlation key.
     *
     * @param load returns the state that was saved last; null if there is none
     * @param save saves a state; null when nothing is open any more
     */
    public Builder store(
        Function<String, byte @Nullable []> load, BiConsumer<String, byte @Nullable []> save) {
      this.load = load;
      this.save = save;
      return this;
    }

    /** Creates the store of one stripe, which tracks the changes of its own hosts. */
    private @Nullable StoredHosts storedHosts() {
      return load == null || save == null ? null : new StoredHosts(load, save);
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
