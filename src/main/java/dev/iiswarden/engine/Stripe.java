package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import dev.iiswarden.event.SessionTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A share of the hosts behind one lock. It holds those of its hosts that have open state. Safe for
 * use by several threads, one at a time: each method holds the lock while it runs, and none calls a
 * sink.
 *
 * <p>Methods that advance time return the matches of the records whose turn has come.
 */
final class Stripe implements AutoCloseable {
  private final HostContext context;
  private final OpenHosts open;
  private final @Nullable StoredHosts stored;
  private final SeenRecords seen;
  private final Handovers handovers;
  private RuleBase rules;
  private Gate gate;
  private long records;
  private long arrivals;
  private long relevant;
  private long late;
  private long repeated;
  private long duplicates;
  private long judgingNanos;
  private boolean closed;

  /**
   * Creates a share without hosts.
   *
   * @param stored the store of hosts that are not in memory; null if all are in memory
   * @param seen the records seen by all shares
   * @param handovers is told when a method is about to return matches
   */
  Stripe(
      RuleBase rules,
      HostContext context,
      @Nullable StoredHosts stored,
      SeenRecords seen,
      Handovers handovers) {
    this.rules = rules;
    this.gate = rules.gate();
    this.context = context.ofAnotherStripe();
    this.stored = stored;
    this.seen = seen;
    this.handovers = handovers;
    open = new OpenHosts(context.ceilings().liveHosts());
  }

  /**
   * Takes the facts of one record.
   *
   * @param facts at least one, all of the same host and time
   * @return the matches of this record and of others whose turn has come
   */
  synchronized List<Match> accept(List<Event> facts) {
    ensureOpen();
    records++;
    List<Event> wanted = needed(facts);
    if (wanted.isEmpty() && open.isEmpty() && stored == null) {
      return List.of();
    }
    Event first = facts.get(0);
    Host host = find(first.getHost());
    // After a stored host may have been loaded, so that no other record of it has this number.
    arrivals++;
    if (wanted.isEmpty()) {
      return saving(host == null ? List.of() : observe(host, first.getSessionTime()));
    }
    if (seen.isRepeated(first)) {
      duplicates++;
      return saving(host == null ? List.of() : observe(host, first.getSessionTime()));
    }
    long began = System.nanoTime();
    try {
      return saving(judge(wanted, host));
    } finally {
      judgingNanos += System.nanoTime() - began;
    }
  }

  /**
   * Takes the facts of a record that is dated too far in the future. They are evaluated at the time
   * of their host's clock, or at their arrival if that clock is unknown, so they advance no clock.
   *
   * @param arrival when the record arrived
   */
  synchronized List<Match> acceptFutureDated(List<Event> facts, Instant arrival) {
    ensureOpen();
    Host host = find(facts.get(0).getHost());
    Instant time = host == null || host.clock() < 0 ? arrival : SessionTime.toInstant(host.clock());
    return accept(facts.stream().map(fact -> fact.judgedAs(time)).toList());
  }

  /**
   * Advances the time of all hosts, as an event with this time would advance that of its host.
   *
   * @param millis the session time
   */
  synchronized List<Match> advanceTo(long millis) {
    return sweep(host -> host.advanceTo(millis));
  }

  /**
   * Advances the time of one host, as an irrelevant event with this time would.
   *
   * @param millis the session time
   */
  synchronized List<Match> advanceTo(HostFields name, long millis) {
    ensureOpen();
    Host host = find(name);
    return saving(host == null ? List.of() : observe(host, millis));
  }

  /**
   * Advances the time of silent hosts, each from its own clock.
   *
   * @param correlationKey the key that the hosts' names have in common
   * @param millis how much time has passed
   */
  synchronized List<Match> elapse(String correlationKey, long millis) {
    ensureOpen();
    load(correlationKey);
    List<Match> matches = new ArrayList<>();
    for (Host host : List.copyOf(open.sharing(correlationKey))) {
      matches.addAll(noting(host, one -> one.elapse(millis)));
      open.settle(host, false);
    }
    return saving(matches);
  }

  /** Evaluates all records that still wait to be put in order. */
  synchronized List<Match> flush() {
    return sweep(Host::flush);
  }

  private List<Match> sweep(Function<Host, List<Match>> action) {
    ensureOpen();
    return saving(open.sweep(host -> noting(host, action)));
  }

  private @Nullable Host find(HostFields name) {
    if (name.getName() == null) {
      return null;
    }
    Host host = open.find(name);
    if (host == null && load(String.valueOf(name.getCorrelationKey()))) {
      host = open.find(name);
    }
    return host;
  }

  /**
   * Loads what is stored under a key unless it is in memory. Returns whether there was anything.
   */
  private boolean load(String correlationKey) {
    if (stored == null || !open.sharing(correlationKey).isEmpty()) {
      return false;
    }
    stored.load(
        correlationKey,
        loaded -> {
          Host host = restore(loaded.state(), loaded.lastArrival());
          stored.loaded(host, loaded.parts());
        });
    return !open.sharing(correlationKey).isEmpty();
  }

  /** Applies an action to a host and marks the host if it has changed. */
  private List<Match> noting(Host host, Function<Host, List<Match>> action) {
    if (stored == null) {
      return action.apply(host);
    }
    long before = host.revision();
    List<Match> matches = action.apply(host);
    if (host.revision() != before) {
      stored.markChanged(host);
    }
    return matches;
  }

  /** Saves changes before the matches are returned, so that neither exists without the other. */
  private List<Match> saving(List<Match> matches) {
    if (stored != null) {
      stored.saveChanged(open, arrivals);
    }
    if (!matches.isEmpty()) {
      handovers.begin();
    }
    return matches;
  }

  private void ensureOpen() {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
  }

  /** Evaluates relevant facts, or holds them until their turn comes. */
  private List<Match> judge(List<Event> wanted, @Nullable Host known) {
    relevant++;
    Event first = wanted.get(0);
    HostFields name = first.getHost();
    if (name.getName() == null) {
      return judgeAlone(wanted);
    }
    if (TextSize.exceeds(context.ceilings().charactersPerEvent(), wanted)) {
      context.flood().dropped(name.getName(), wanted.size());
      List<Match> matches = new ArrayList<>(judgeAlone(wanted));
      if (known != null) {
        matches.addAll(observe(known, first.getSessionTime()));
      }
      return matches;
    }
    Host host = known;
    if (host == null) {
      host = newHost(name);
      open.add(host);
    }
    if (host.isLate(first.getSessionTime())) {
      late++;
    }
    List<Match> matches = new ArrayList<>(noting(host, taker -> taker.take(wanted, arrivals)));
    if (known == null) {
      // After the record, so that the new host counts as used.
      matches.addAll(dropNamesakes(host));
    }
    matches.addAll(noting(host, one -> one.observe(first.getSessionTime())));
    open.settle(host, true);
    if (open.count() > context.ceilings().openHosts()) {
      matches.addAll(dropLongestUnused());
    }
    return matches;
  }

  /**
   * Drops the host that has gone longest without a relevant event, after evaluating what still
   * waits.
   */
  private List<Match> dropLongestUnused() {
    Host dropped = open.longestUnused();
    if (stored != null) {
      // Nothing is lost: the state of the host stays in the store.
      stored.saveChanged(open, arrivals);
      for (Host host : List.copyOf(open.sharing(dropped.correlationKey()))) {
        stored.unloaded(host);
        forget(host);
      }
      return List.of();
    }
    return drop(dropped);
  }

  /** Drops the longest unused of the hosts that share a short name if there are too many. */
  private List<Match> dropNamesakes(Host newest) {
    return open.sharing(newest.correlationKey()).size() > context.ceilings().namesakes()
        ? drop(open.longestUnusedNamesakeOf(newest))
        : List.of();
  }

  /** Drops a host, after evaluating what still waits. */
  private List<Match> drop(Host host) {
    List<Match> matches = host.flush();
    context.flood().dropped(host.label(), host.held());
    if (stored != null) {
      stored.delete(host);
    }
    forget(host);
    return matches;
  }

  private void forget(Host host) {
    open.remove(host);
    host.close();
  }

  private List<Event> needed(List<Event> facts) {
    try {
      return gate.needed(facts);
    } catch (RuntimeException e) {
      // A condition of one rule threw. The host's session evaluates the record nevertheless,
      // because other rules may match it.
      context.failures().add(e);
      return facts;
    }
  }

  private List<Match> observe(Host host, long millis) {
    List<Match> matches = noting(host, one -> one.observe(millis));
    open.settle(host, false);
    return matches;
  }

  /** Evaluates a record alone: single-event rules can match it, sequences cannot. */
  private List<Match> judgeAlone(List<Event> facts) {
    long time = facts.get(0).getSessionTime();
    try (HostSession alone = new HostSession(rules, time, context)) {
      return alone.judge(facts.stream().map(fact -> fact.placed(arrivals, time)).toList());
    }
  }

  /** Replaces the rule set from the next record on and keeps all open state. */
  synchronized void use(RuleBase others) {
    rules = others;
    gate = others.gate();
    open.rest();
    context.spares().close();
    open.forEach(host -> host.use(others));
  }

  /** Returns the state of its hosts as data. */
  synchronized List<HostState> states() {
    ensureOpen();
    List<HostState> states = new ArrayList<>(open.count());
    open.forEach(host -> states.add(host.state()));
    return states;
  }

  /**
   * Restores a host that has no open state here.
   *
   * @param lastArrival the highest record number where the state comes from
   * @return the host
   */
  synchronized Host restore(HostState state, long lastArrival) {
    arrivals = Math.max(arrivals, lastArrival);
    Host host = newHost(state.name());
    host.restore(state);
    if (!host.isEmpty()) {
      open.add(host);
    }
    return host;
  }

  /** Returns the number of the last record; later records have higher numbers. */
  synchronized long lastArrival() {
    return arrivals;
  }

  private Host newHost(HostFields name) {
    return new Host(name, rules, context, () -> repeated++, stored != null);
  }

  /** Returns what this share has seen and holds. */
  synchronized Tally tally() {
    LongAdder facts = new LongAdder();
    LongAdder waiting = new LongAdder();
    open.forEach(
        host -> {
          facts.add(host.factCount());
          waiting.add(host.waitingCount());
        });
    return new Tally(
        records,
        relevant,
        late,
        repeated,
        duplicates,
        open.count(),
        facts.sum(),
        waiting.sum(),
        judgingNanos);
  }

  /**
   * Refuses everything that comes from now on.
   *
   * @return the matches of the records that still waited
   */
  synchronized List<Match> flushAndClose() {
    if (closed) {
      return List.of();
    }
    List<Match> matches = flush();
    close();
    return matches;
  }

  /** Refuses everything that comes from now on. Records that still wait are not evaluated. */
  @Override
  public synchronized void close() {
    closed = true;
    open.forEach(Host::close);
    open.clear();
    context.spares().close();
  }
}
