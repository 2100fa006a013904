package dev.iiswarden;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.engine.Ceilings;
import dev.iiswarden.engine.HostState;
import dev.iiswarden.engine.HostStates;
import dev.iiswarden.engine.Match;
import dev.iiswarden.engine.RuleBase;
import dev.iiswarden.engine.Snapshot;
import dev.iiswarden.engine.Stripe;
import dev.iiswarden.engine.Stripe.Tally;
import dev.iiswarden.event.Eql;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a stream of endpoint events against a rule set and raises alerts.
 *
 * <p>Time is event time: the wall clock plays no part, but to tell when an event is dated too far
 * in the future to be true. Every host has a clock of its own, the latest time that any of its
 * events has borne. An event that some rule is interested in waits until its host's clock has
 * passed it by the allowed lateness, so that events are judged in the order of their time even if
 * they come in another; the host's later events, {@link #flush()} and {@link #close()} release it.
 * One that comes later than that is judged on arrival against what is still open, and counted.
 * Everything else is gone as soon as {@code accept} returns.
 *
 * <p>What is one host follows from {@link dev.iiswarden.event.HostFields#isSameMachineAs}. Of an
 * action that Windows logs under several event ids the first event counts, see {@link
 * dev.iiswarden.event.Event.Builder#countOnce()}: the same host, kind of fact, object and process
 * within ten seconds.
 *
 * <p>All methods may be called from any thread. The detector starts none of its own: detection and
 * sinks run on the caller's. Events of one host should come from one thread at a time if their
 * order matters; different hosts are detected side by side.
 */
public final class Detector implements AutoCloseable {
  /**
   * In 356,369 relevant events of public Windows logs 7 % were out of order on their host, by 10 s
   * at the 90th percentile, 24 s at the 99th and 35 s at most.
   */
  private static final Duration DEFAULT_LATENESS = Duration.ofSeconds(35);

  private static final Logger LOG = LoggerFactory.getLogger(Detector.class);
  private static final int STRIPES_PER_PROCESSOR = 4;

  /** At 16 kB a Drools session with a fact in it, all of them together take 16 MB. */
  private static final int MOST_LIVE_HOSTS = 1024;

  /** What a rule throws may say something else each time. */
  private static final int MOST_LOGGED_FAILURES = 100;

  /** By rule set: a match may still be under way when another one has taken over. */
  private final Map<RuleBase, Map<String, Rule>> rules =
      Collections.synchronizedMap(new WeakHashMap<>());

  private volatile Rules current;
  private final AlertScreen screen;
  private final List<Outbox> outboxes;
  private final List<Outbox> suppressedOutboxes;
  private final Consumer<Decoded.Malformed> malformedHandler;
  private final Stripe[] stripes;
  private final FloodLog flood = new FloodLog();
  private final InstantSource arrivals;
  private final Duration mostAhead;
  private volatile long believedUntil = Long.MIN_VALUE;
  private final LongAdder ignored = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder alerts = new LongAdder();
  private final LongAdder deliveryNanos = new LongAdder();
  private final LongAdder futureDated = new LongAdder();
  private final LongAdder ruleFailures = new LongAdder();
  private final Set<String> loggedRuleFailures = ConcurrentHashMap.newKeySet();
  private final boolean keptElsewhere;
  private volatile boolean closed;

  private Detector(Builder builder) {
    Rules first = builder.rules == null ? Rules.bundled() : builder.rules;
    rules.put(first.base(), first.byName());
    current = first;
    outboxes = builder.sinks.stream().map(Outbox::new).toList();
    suppressedOutboxes = builder.suppressedSinks.stream().map(Outbox::new).toList();
    screen =
        new AlertScreen(
            Allowlist.empty(),
            builder.arrivals,
            builder.repeatSpan,
            builder.mostAlertsByRule,
            builder.mostAlertsByRuleAndHost);
    malformedHandler = builder.malformedHandler;
    arrivals = builder.arrivals;
    keptElsewhere = builder.hostStore != null;
    mostAhead = builder.mostAhead;
    int count =
        Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * STRIPES_PER_PROCESSOR);
    stripes = new Stripe[count];
    Ceilings ceilings =
        new Ceilings(
                builder.mostFactsPerHost,
                builder.mostWaitingPerHost,
                builder.mostCharactersPerEvent,
                builder.mostOpenHosts,
                MOST_LIVE_HOSTS)
            .dividedBy(count);
    Arrays.setAll(
        stripes,
        unused ->
            new Stripe(
                first.base(),
                builder.lateness,
                ceilings,
                flood,
                this::ruleFailed,
                builder.hostStore == null ? HostStates.NONE : new StoredHosts(builder.hostStore)));
    allow(builder.allowlist);
  }

  /** A builder of a detector with the bundled rules, no sink, and a lateness of 35 seconds. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Takes what a decoder made of one record.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void accept(Decoded decoded) {
    List<Event> facts = decoded.events();
    if (!facts.isEmpty()) {
      accept(facts);
      return;
    }
    ensureOpen();
    if (decoded.malformed().isPresent()) {
      malformed.increment();
      malformedHandler.accept(decoded.malformed().get());
    } else {
      ignored.increment();
    }
  }

  /**
   * Takes one event.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void accept(Event event) {
    accept(List.of(event));
  }

  private void accept(List<Event> facts) {
    ensureOpen();
    Event first = facts.get(0);
    Stripe stripe = stripe(first.getHost());
    if (first.getTimestamp().getEpochSecond() <= believedUntil || isBelieved(first)) {
      deliver(stripe.accept(facts));
    } else {
      futureDated.increment();
      deliver(stripe.acceptUndated(facts, arrivals.instant()));
    }
  }

  /** Asks for the time only when an event is later than all that was believed before. */
  private boolean isBelieved(Event event) {
    believedUntil = arrivals.instant().plus(mostAhead).getEpochSecond();
    return event.getTimestamp().getEpochSecond() <= believedUntil;
  }

  /**
   * Says that time has come this far on every host, for those that have fallen silent: what waits
   * to be put in order and is older by more than the lateness is judged, and rules forget what is
   * out of their windows. For an application to call now and then, with a time that lies behind the
   * wall clock by as much as its events may be under way.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void advanceTo(Instant time) {
    ensureOpen();
    long millis = Duration.between(Event.EARLIEST, time).toMillis();
    for (Stripe stripe : stripes) {
      deliver(stripe.advanceTo(millis));
    }
  }

  /**
   * Says that time has come this far on one host: what an event would say in which no rule is
   * interested.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void advanceTo(HostFields host, Instant time) {
    ensureOpen();
    deliver(stripe(host).advanceTo(host, Duration.between(Event.EARLIEST, time).toMillis()));
  }

  /**
   * Says that time has passed on hosts from which nothing has come: as {@link #advanceTo(Instant)},
   * but by the clocks of these hosts, which may be behind those of others.
   *
   * @param correlationKey what their names have in common, see {@link
   *     HostFields#getCorrelationKey()}
   * @param span to the millisecond, not negative
   * @throws IllegalStateException if the detector is closed
   */
  public void elapse(String correlationKey, Duration span) {
    ensureOpen();
    deliver(stripe(correlationKey.hashCode()).elapse(correlationKey, span.toMillis()));
  }

  private Stripe stripe(HostFields host) {
    // Without a host there is nothing to keep together, so the thread decides.
    int hash =
        host.getName() == null ? (int) Thread.currentThread().getId() : host.correlationHash();
    return stripe(hash);
  }

  private Stripe stripe(int hash) {
    return stripes[(hash ^ (hash >>> 16)) & (stripes.length - 1)];
  }

  /**
   * Judges all events that still wait to be put in order, and offers sinks again what they refused.
   * For the end of an input, or a pause in it.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void flush() {
    ensureOpen();
    for (Stripe stripe : stripes) {
      deliver(stripe.flush());
    }
    everyOutbox().forEach(outbox -> outbox.deliver(List.of()));
  }

  private Stream<Outbox> everyOutbox() {
    return Stream.concat(outboxes.stream(), suppressedOutboxes.stream());
  }

  /**
   * Writes what is open of all hosts: what rules wait for, what still waits to be put in order, and
   * every host's clock. Hosts are taken one after the other, so events that are accepted meanwhile
   * are in it or not; who needs it to agree with a place in the feed takes it between two events.
   * Alerts that a sink has refused are not in it.
   *
   * @param out gets JSON Lines; flushed and not closed
   * @throws IOException if it cannot be written
   * @throws IllegalStateException if the detector is closed
   */
  public void snapshot(OutputStream out) throws IOException {
    ensureOpen();
    long lastArrival = 0;
    List<HostState> hosts = new ArrayList<>();
    for (Stripe stripe : stripes) {
      hosts.addAll(stripe.states());
      lastArrival = Math.max(lastArrival, stripe.lastArrival());
    }
    new Snapshot(lastArrival, hosts).write(out);
  }

  /**
   * Takes up what {@link #snapshot} has written, also under other rules or on another machine.
   * Nothing that was said is said again, and sequences that were half open are completed by what
   * comes. For a detector that has not seen an event yet.
   *
   * @param in read to the end of the snapshot, and not closed
   * @throws IOException if it cannot be read, is no snapshot, is of a version that this release
   *     does not read, or is damaged; nothing of it is taken up then
   * @throws IllegalStateException if the detector is closed or holds something already
   */
  public void restore(InputStream in) throws IOException {
    ensureOpen();
    Snapshot snapshot = Snapshot.read(in);
    if (counters().openHosts() > 0) {
      throw new IllegalStateException("the detector holds something already");
    }
    for (HostState host : snapshot.hosts()) {
      stripe(host.name()).restore(host, snapshot.lastArrival());
    }
  }

  /**
   * Goes on with other rules. What is open stays open: a sequence that has begun under the rules
   * before is completed under these, if they still know it by its name. Nothing that was said is
   * said again; what these rules would say of facts that are there already is not said either, they
   * speak from the next record on. No record is lost, and none waits for longer than it takes to
   * hand each host over, for rules are compiled before: a rule set that does not compile never
   * comes this far, see {@link Rules#fromDirectory}.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void reload(Rules others) {
    ensureOpen();
    rules.put(others.base(), others.byName());
    current = others;
    for (Stripe stripe : stripes) {
      stripe.use(others.base());
    }
  }

  /**
   * Goes on with another allowlist: for alerts from now on. Entries that have expired are logged,
   * as are those that name no rule of the rule set.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void allow(Allowlist allowlist) {
    ensureOpen();
    for (AllowlistEntry entry : allowlist.entries()) {
      String[] ids =
          entry.conditions().getOrDefault(AllowlistField.RULE, List.of("*")).toArray(String[]::new);
      if (current.all().stream().noneMatch(rule -> Eql.like(rule.id(), ids))) {
        LOG.warn("allowlist entry {} names no rule there is: {}", entry.id(), List.of(ids));
      }
    }
    screen.use(allowlist);
  }

  /** How many alerts each entry of the allowlists has held back so far, by the entry's id. */
  public Map<String, Long> allowedCounts() {
    return screen.allowedCounts();
  }

  /** The rules that records are held against now; {@link #reload} changes them. */
  public Rules rules() {
    return current;
  }

  boolean isClosed() {
    return closed;
  }

  /** Returns when all sinks have handed on what they have taken. */
  void flushSinks() {
    everyOutbox().forEach(Outbox::flush);
  }

  /** What has been seen and what is held. Adds up over all hosts: not for every event. */
  public Counters counters() {
    long records = ignored.sum() + malformed.sum();
    long relevant = 0;
    long late = 0;
    long repeated = 0;
    long openHosts = 0;
    long openFacts = 0;
    long waiting = 0;
    long judgingNanos = 0;
    for (Stripe stripe : stripes) {
      Tally tally = stripe.tally();
      records += tally.records();
      relevant += tally.relevant();
      late += tally.late();
      repeated += tally.repeated();
      openHosts += tally.openHosts();
      openFacts += tally.openFacts();
      waiting += tally.waiting();
      judgingNanos += tally.judgingNanos();
    }
    return new Counters(
        records,
        relevant,
        alerts.sum(),
        late,
        repeated,
        futureDated.sum(),
        flood.droppedCount(),
        flood.judgedEarlyCount(),
        malformed.sum(),
        ruleFailures.sum(),
        screen.suppressedCount(),
        everyOutbox().mapToLong(Outbox::size).sum(),
        openHosts,
        openFacts,
        waiting,
        Duration.ofNanos(judgingNanos),
        Duration.ofNanos(deliveryNanos.sum()));
  }

  /**
   * Flushes and lets go of everything. Sinks are not closed: they belong to who made them. A second
   * call does nothing.
   *
   * @throws UndeliveredAlertsException if a sink refuses alerts to the end; all else is done by
   *     then
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (!keptElsewhere) {
      flush();
      deliver(screen.close(), outboxes);
    }
    closed = true;
    for (Stripe stripe : stripes) {
      stripe.close();
    }
    List<Alert> undelivered = new ArrayList<>();
    List<Throwable> causes = new ArrayList<>();
    for (Outbox outbox : everyOutbox().toList()) {
      List<Alert> left = outbox.close();
      Throwable cause = outbox.lastFailure();
      if (!left.isEmpty() && cause != null) {
        undelivered.addAll(left);
        causes.add(cause);
      }
    }
    if (!causes.isEmpty()) {
      throw new UndeliveredAlertsException(undelivered, causes);
    }
  }

  private void ensureOpen() {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
  }

  private void deliver(List<Match> matches) {
    if (matches.isEmpty()) {
      return;
    }
    List<Alert> raised =
        matches.stream()
            .map(match -> new Alert(rule(match), match.detection().getEvidence()))
            .toList();
    alerts.add(raised.size());
    Map<Boolean, List<Alert>> screened =
        screen.screen(raised).stream()
            .collect(Collectors.partitioningBy(alert -> alert.suppression() == null));
    deliver(Objects.requireNonNull(screened.get(true)), outboxes);
    deliver(Objects.requireNonNull(screened.get(false)), suppressedOutboxes);
  }

  private void deliver(List<Alert> some, List<Outbox> to) {
    if (!some.isEmpty()) {
      long began = System.nanoTime();
      to.forEach(outbox -> outbox.deliver(some));
      deliveryNanos.add(System.nanoTime() - began);
    }
  }

  private Rule rule(Match match) {
    Map<String, Rule> byName = Objects.requireNonNull(rules.get(match.rules()));
    return Objects.requireNonNull(byName.get(match.ruleName()));
  }

  private void ruleFailed(RuntimeException failure) {
    ruleFailures.increment();
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (loggedRuleFailures.size() < MOST_LOGGED_FAILURES
        && loggedRuleFailures.add(failure.getMessage() + cause)) {
      LOG.error("a rule threw an exception; what it had to say of this event is lost", failure);
    }
  }

  private static void logMalformed(Decoded.Malformed malformed) {
    LOG.warn("malformed event: {}", malformed);
  }

  /** Builds a detector. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable Rules rules;
    private Duration lateness = DEFAULT_LATENESS;
    private InstantSource arrivals = InstantSource.system();
    private Duration mostAhead = Duration.ofDays(1);
    private int mostFactsPerHost = 1_000;
    private int mostWaitingPerHost = 10_000;
    private int mostCharactersPerEvent = 1 << 20;
    private int mostOpenHosts = 1_000_000;
    private final List<AlertSink> sinks = new ArrayList<>();
    private final List<AlertSink> suppressedSinks = new ArrayList<>();
    private Allowlist allowlist = Allowlist.empty();
    private @Nullable Duration repeatSpan;
    private @Nullable HostStore hostStore;
    private int mostAlertsByRule = 10_000;
    private int mostAlertsByRuleAndHost = 1_000;
    private Consumer<Decoded.Malformed> malformedHandler = Detector::logMalformed;

    Builder() {}

    /** The rules to hold events against, in place of the bundled ones. */
    public Builder rules(Rules rules) {
      this.rules = rules;
      return this;
    }

    /**
     * How far behind its host's clock an event may come and still be judged in order. More lateness
     * means later alerts and more events waiting, less means that sequences of events that overtake
     * each other are missed. Zero is for feeds that are in order: each event is judged as it comes.
     *
     * @param lateness to the millisecond, not negative
     * @throws IllegalArgumentException if it is negative or longer than 10,000 days
     */
    public Builder lateness(Duration lateness) {
      if (lateness.isNegative() || lateness.toDays() > 10_000) {
        throw new IllegalArgumentException(
            "lateness " + lateness + " is not between zero and 10,000 days");
      }
      this.lateness = lateness;
      return this;
    }

    /**
     * How far beyond the time of its arrival an event may be dated and still be believed: a day
     * without this. One that is dated later counts as of its host's clock, or of its arrival if
     * nothing is known of the host; it is counted, and an alert on it has what it said of its time
     * in {@code labels.reported_timestamp}.
     *
     * @param most to the second, not negative
     * @param arrivals tells the time of arrival; {@link InstantSource#system()} without this
     * @throws IllegalArgumentException if it is negative or longer than 10,000 days
     */
    public Builder mostAhead(Duration most, InstantSource arrivals) {
      if (most.isNegative() || most.toDays() > 10_000) {
        throw new IllegalArgumentException(most + " is not between zero and 10,000 days");
      }
      mostAhead = most;
      this.arrivals = arrivals;
      return this;
    }

    /**
     * How many facts rules may hold of one host: 1,000 without this. Beyond that the oldest go, and
     * what would have followed them is no longer waited for; that is counted and logged.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder mostFactsPerHost(int most) {
      mostFactsPerHost = positive(most);
      return this;
    }

    /**
     * How many relevant records of one host may wait to be put in order: 10,000 without this.
     * Beyond that the oldest is judged before its time; that is counted and logged.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder mostWaitingPerHost(int most) {
      mostWaitingPerHost = positive(most);
      return this;
    }

    /**
     * How many characters the fields of an event may have together: a million (1,048,576) without
     * this, many times what a record of the Windows event log can hold (64 kB). A relevant one that
     * has more is judged by itself and not held, so it takes part in no sequence; that is counted
     * as dropped and logged.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder mostCharactersPerEvent(int most) {
      mostCharactersPerEvent = positive(most);
      return this;
    }

    /**
     * Of how many hosts something may be held: a million without this, divided among the shares in
     * which a detector keeps its hosts. Beyond that the host whose last relevant event is longest
     * ago goes; that is counted and logged.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder mostOpenHosts(int most) {
      mostOpenHosts = positive(most);
      return this;
    }

    private static int positive(int most) {
      if (most <= 0) {
        throw new IllegalArgumentException(most + " is not positive");
      }
      return most;
    }

    /** A sink for alerts. Called more than once, every sink gets every alert. */
    public Builder sink(AlertSink sink) {
      sinks.add(sink);
      return this;
    }

    /** Alerts that need no attention: they go to the sinks of suppressed alerts alone. */
    public Builder allowlist(Allowlist allowlist) {
      this.allowlist = allowlist;
      return this;
    }

    /**
     * For how long after an alert its repeats are held back, those of the same rule on the same
     * host about the same DLLs, or, where there are none, of the same command. The next one after
     * that says how many there were. Without this all are raised. What was said is forgotten with
     * the detector: after a restart it is said once more.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder suppressRepeats(Duration span) {
      if (span.isZero() || span.isNegative()) {
        throw new IllegalArgumentException(span + " is not positive");
      }
      repeatSpan = span;
      return this;
    }

    /**
     * How many alerts a rule may raise within an hour of event time: 10,000, and 1,000 of them on
     * one host, without this. Beyond that they are held back, and a summary alert of the id {@code
     * alerts-held-back} says so; when the hour is over another says how many there were.
     *
     * @param byRule on all hosts together; {@link Integer#MAX_VALUE} for no limit
     * @param byRuleAndHost on one host
     * @throws IllegalArgumentException if one is not positive
     */
    public Builder mostAlertsPerHour(int byRule, int byRuleAndHost) {
      mostAlertsByRule = positive(byRule);
      mostAlertsByRuleAndHost = positive(byRuleAndHost);
      return this;
    }

    /**
     * Where hosts are kept whatever becomes of this detector; without it they are in memory alone.
     * With it, hosts above {@link #mostOpenHosts} are not lost but only leave the memory, {@link
     * #snapshot} has those alone that are in memory, and {@link #close()} judges nothing that
     * waits: it goes on waiting in the store.
     */
    public Builder hostStore(HostStore store) {
      hostStore = store;
      return this;
    }

    /**
     * A sink for alerts that are held back, by the allowlist, as repeats, or because there are too
     * many: {@link Alert#suppression()} says which. Called more than once, every sink gets every
     * one; without one they are counted and gone.
     */
    public Builder suppressedSink(AlertSink sink) {
      suppressedSinks.add(sink);
      return this;
    }

    /**
     * Who is told of records that could not be decoded, on the thread that handed them in. Without
     * one they are logged as warnings.
     */
    public Builder onMalformed(Consumer<Decoded.Malformed> handler) {
      malformedHandler = handler;
      return this;
    }

    /** The detector. */
    public Detector build() {
      return new Detector(this);
    }
  }
}
