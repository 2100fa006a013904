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
 * Holds events against rules, host by host. The hosts are divided among stripes, so that different
 * hosts are judged side by side. Made by {@code Detector}, which turns matches into alerts. Safe
 * for use by several threads.
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
  private final LongAdder futureDated = new LongAdder();
  private final Stripe[] stripes;
  private volatile long believedUntil = Long.MIN_VALUE;

  private Engine(Builder builder, RuleBase rules, Consumer<List<Match>> matches) {
    this.matches = matches;
    mostAhead = builder.mostAhead;
    arrivals = builder.arrivals;
    int count =
        Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * STRIPES_PER_PROCESSOR);
    HostContext context =
        new HostContext(builder.lateness, builder.ceilings.dividedBy(count), flood, failures);
    stripes = new Stripe[count];
    Arrays.setAll(stripes, unused -> new Stripe(rules, context, builder.storedHosts()));
  }

  /** A builder whose settings are all in force until they are changed. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Takes the facts of one record.
   *
   * @param facts at least one, all of the same host and time
   */
  public void accept(List<Event> facts) {
    Event first = facts.get(0);
    Stripe stripe = stripe(first.getHost());
    if (first.getTimestamp().getEpochSecond() <= believedUntil || isBelieved(first)) {
      hand(stripe.accept(facts));
    } else {
      futureDated.increment();
      hand(stripe.acceptFutureDated(facts, arrivals.instant()));
    }
  }

  /** Asks for the time only when an event is later than all that was believed before. */
  private boolean isBelieved(Event event) {
    believedUntil = arrivals.instant().plus(mostAhead).getEpochSecond();
    return event.getTimestamp().getEpochSecond() <= believedUntil;
  }

  /** Lets time pass on all hosts, as an event of this time would on one. */
  public void advanceTo(Instant time) {
    long millis = SessionTime.of(time);
    for (Stripe stripe : stripes) {
      hand(stripe.advanceTo(millis));
    }
  }

  /** Lets time pass on one host, as an event of this time would in which no rule is interested. */
  public void advanceTo(HostFields host, Instant time) {
    hand(stripe(host).advanceTo(host, SessionTime.of(time)));
  }

  /** Lets time pass on the hosts that share a correlation key, each by its own clock. */
  public void elapse(String correlationKey, Duration span) {
    hand(stripe(correlationKey.hashCode()).elapse(correlationKey, span.toMillis()));
  }

  /** Judges all records that still wait to be put in order. */
  public void flush() {
    for (Stripe stripe : stripes) {
      hand(stripe.flush());
    }
  }

  private void hand(List<Match> some) {
    if (!some.isEmpty()) {
      matches.accept(some);
    }
  }

  private Stripe stripe(HostFields host) {
    // Without a host there is nothing to keep together, so the thread decides.
    return stripe(
        host.getName() == null ? (int) Thread.currentThread().getId() : host.correlationHash());
  }

  private Stripe stripe(int hash) {
    return stripes[(hash ^ (hash >>> 16)) & (stripes.length - 1)];
  }

  /** Lets another rule set go on with what is open, on each host from its next record on. */
  public void use(RuleBase rules) {
    for (Stripe stripe : stripes) {
      stripe.use(rules);
    }
  }

  /**
   * Writes what is open of all hosts in memory, one host after the other.
   *
   * @param out is flushed and not closed
   */
  public void snapshot(OutputStream out) throws IOException {
    long lastArrival = 0;
    List<HostState> hosts = new ArrayList<>();
    for (Stripe stripe : stripes) {
      hosts.addAll(stripe.states());
      lastArrival = Math.max(lastArrival, stripe.lastArrival());
    }
    new Snapshot(lastArrival, hosts).write(out);
  }

  /**
   * Takes up what {@link #snapshot} has written.
   *
   * @param in is read to the end of the snapshot and not closed
   * @throws IOException if it is not a whole snapshot; then nothing of it is taken up
   * @throws IllegalStateException if something is held already
   */
  public void restore(InputStream in) throws IOException {
    Snapshot snapshot = Snapshot.read(in);
    if (tally().openHosts() > 0) {
      throw new IllegalStateException("the detector already holds open hosts");
    }
    for (HostState host : snapshot.hosts()) {
      stripe(host.name()).restore(host, snapshot.lastArrival());
    }
  }

  /** Adds up what has been seen and is held on all hosts. */
  public Tally tally() {
    Tally sum = Tally.NOTHING;
    for (Stripe stripe : stripes) {
      sum = sum.plus(stripe.tally());
    }
    return sum;
  }

  /** How many records were dated too far in the future. */
  public long futureDatedCount() {
    return futureDated.sum();
  }

  /** How many facts were let go of because a ceiling was reached. */
  public long droppedCount() {
    return flood.droppedCount();
  }

  /** How many records were judged early because too many waited. */
  public long judgedEarlyCount() {
    return flood.judgedEarlyCount();
  }

  /** How many times a rule threw an exception. */
  public long ruleFailureCount() {
    return failures.count();
  }

  /** Lets go of all hosts. What still waits is lost, so call {@link #flush()} first. */
  @Override
  public void close() {
    for (Stripe stripe : stripes) {
      stripe.close();
    }
  }

  /** Builds an engine. Not safe for use by several threads. */
  public static final class Builder {
    private Duration lateness = Duration.ZERO;
    private Duration mostAhead = Duration.ofDays(1);
    private InstantSource arrivals = InstantSource.system();
    private Ceilings ceilings = Ceilings.DEFAULT;
    private @Nullable Function<String, byte @Nullable []> load;
    private @Nullable BiConsumer<String, byte @Nullable []> save;

    private Builder() {}

    /** How far behind its host's clock an event may arrive and still be put in order. */
    public Builder lateness(Duration span) {
      lateness = span;
      return this;
    }

    /** How far beyond its arrival an event may be dated and still be believed. */
    public Builder mostAhead(Duration span, InstantSource clock) {
      mostAhead = span;
      arrivals = clock;
      return this;
    }

    /** How much may be held, in all. */
    public Builder ceilings(Ceilings most) {
      ceilings = most;
      return this;
    }

    /**
     * Where hosts are kept that leave the memory, by correlation key.
     *
     * @param load returns what was saved last; null for nothing
     * @param save keeps a state; null when nothing is open any more
     */
    public Builder store(
        Function<String, byte @Nullable []> load, BiConsumer<String, byte @Nullable []> save) {
      this.load = load;
      this.save = save;
      return this;
    }

    /** One a stripe: each notes the changes of its own hosts. */
    private @Nullable StoredHosts storedHosts() {
      return load == null || save == null ? null : new StoredHosts(load, save);
    }

    /**
     * The engine.
     *
     * @param matches is handed what has matched; never an empty list
     */
    public Engine build(RuleBase rules, Consumer<List<Match>> matches) {
      return new Engine(this, rules, matches);
    }
  }
}
