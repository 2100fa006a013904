package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A share of the hosts, behind one lock: of its hosts it knows those that have something open. Safe
 * for use by several threads, one at a time; each of its methods holds the lock for as long as it
 * runs, and none calls out to a sink.
 */
public final class Stripe implements AutoCloseable {
  private RuleBase rules;
  private final Duration lateness;
  private final Consumer<RuntimeException> failures;
  private Gate gate;
  private final OpenHosts open = new OpenHosts();
  private final LiveHosts live;
  private final Ceilings ceilings;
  private final Overflow overflow;
  private final HostStates kept;

  /** The keys of hosts that are no longer as they were kept last. */
  private final Set<String> changed = new LinkedHashSet<>();

  /** All hosts with something open, the one whose last relevant event is longest ago first. */
  private final Set<Host> byLastUse = new LinkedHashSet<>();

  private long records;
  private long arrivals;
  private long relevant;
  private long late;
  private long repeated;
  private long judgingNanos;

  /**
   * An empty share.
   *
   * @param lateness how far behind its host's clock an event may come and still be put in order
   * @param ceilings how much may be held
   * @param overflow is told when a ceiling is reached, while the lock is held
   * @param failures is told what a rule threw, while the lock is held
   * @param kept where hosts are found that are not in memory, and kept when they have changed
   */
  public Stripe(
      RuleBase rules,
      Duration lateness,
      Ceilings ceilings,
      Overflow overflow,
      Consumer<RuntimeException> failures,
      HostStates kept) {
    this.kept = kept;
    live = new LiveHosts(ceilings.liveHosts());
    this.ceilings = ceilings;
    this.overflow = overflow;
    this.rules = rules;
    this.lateness = lateness;
    this.failures = failures;
    this.gate = rules.gate();
  }

  /**
   * Takes the facts of a record that is dated too far in the future: they count as of their host's
   * clock, or, if that is not known, as of their arrival, so that they move no clock ahead.
   *
   * @param arrival when it came
   * @return what matched
   */
  public synchronized List<Match> acceptUndated(List<Event> facts, Instant arrival) {
    HostFields name = facts.get(0).getHost();
    Host host = find(name);
    Instant time = host == null ? arrival : Event.EARLIEST.plusMillis(Math.max(0, host.clock()));
    return accept(facts.stream().map(fact -> fact.judgedAs(time)).toList());
  }

  /**
   * Lets time pass on all hosts, as an event of this time would on one.
   *
   * @param millis the stream time
   * @return what matched in records whose turn that made it
   */
  public synchronized List<Match> advanceTo(long millis) {
    return sweep(host -> host.observe(millis));
  }

  private List<Match> sweep(Function<Host, List<Match>> action) {
    List<Match> matches =
        open.sweep(
            host -> {
              List<Match> ofHost = noting(host, action);
              live.used(host);
              if (host.isEmpty()) {
                byLastUse.remove(host);
              }
              return ofHost;
            });
    keepChanged();
    return matches;
  }

  /**
   * Lets time pass on one host, as an event of this time would that no rule is interested in.
   *
   * @param millis the stream time
   * @return what matched in records whose turn that made it
   */
  public synchronized List<Match> advanceTo(HostFields name, long millis) {
    Host host = find(name);
    List<Match> matches = host == null ? List.of() : observe(host, millis);
    keepChanged();
    return matches;
  }

  /**
   * Lets time pass on hosts from which nothing comes.
   *
   * @param correlationKey what their names have in common
   * @param millis how long it was
   * @return what matched in records whose turn that made it
   */
  public synchronized List<Match> elapse(String correlationKey, long millis) {
    load(correlationKey);
    List<Match> matches = new ArrayList<>();
    for (Host host : List.copyOf(open.sharing(correlationKey))) {
      matches.addAll(observe(host, host.clock() + millis));
    }
    keepChanged();
    return matches;
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

  /** Takes up what is kept under a key, unless that is in memory; tells whether there is any. */
  private boolean load(String correlationKey) {
    if (kept == HostStates.NONE || !open.sharing(correlationKey).isEmpty()) {
      return false;
    }
    Snapshot hosts = kept.load(correlationKey);
    hosts.hosts().forEach(state -> restore(state, hosts.lastArrival()));
    return !hosts.hosts().isEmpty();
  }

  /** Does something to a host, and notes if that has changed it. */
  private List<Match> noting(Host host, Function<Host, List<Match>> action) {
    if (kept == HostStates.NONE) {
      return action.apply(host);
    }
    long before = host.revision();
    List<Match> matches = action.apply(host);
    if (host.revision() != before) {
      changed.add(host.correlationKey());
    }
    return matches;
  }

  private void keepChanged() {
    for (String key : changed) {
      List<HostState> states = open.sharing(key).stream().map(Host::state).toList();
      kept.save(key, new Snapshot(arrivals, states));
    }
    changed.clear();
  }

  /**
   * Takes the facts of one record.
   *
   * @param facts at least one, all of the same host and time
   * @return what matched, on this record or on others whose turn it made it
   */
  public synchronized List<Match> accept(List<Event> facts) {
    records++;
    arrivals++;
    List<Event> wanted = relevant(facts);
    Event first = facts.get(0);
    if (wanted.isEmpty() && open.isEmpty() && kept == HostStates.NONE) {
      return List.of();
    }
    Host host = find(first.getHost());
    if (wanted.isEmpty()) {
      List<Match> matches = host == null ? List.of() : observe(host, first.getStreamTime());
      keepChanged();
      return matches;
    }
    long began = System.nanoTime();
    try {
      List<Match> matches = judge(wanted, host);
      keepChanged();
      return matches;
    } finally {
      judgingNanos += System.nanoTime() - began;
    }
  }

  /** Judges facts that some rule is interested in, or lets them wait for their turn. */
  private List<Match> judge(List<Event> wanted, @Nullable Host known) {
    relevant++;
    Event first = wanted.get(0);
    HostFields name = first.getHost();
    if (name.getName() == null) {
      return judgeAlone(wanted);
    }
    Host host = known;
    if (TextSize.exceeds(ceilings.charactersPerEvent(), wanted)) {
      overflow.dropped(name.getName(), wanted.size());
      List<Match> matches = new ArrayList<>(judgeAlone(wanted));
      if (host != null) {
        matches.addAll(observe(host, first.getStreamTime()));
      }
      return matches;
    }
    if (host == null) {
      host = newHost(name);
      open.add(host);
    }
    if (host.isLate(first.getStreamTime())) {
      late++;
    }
    List<Match> matches = new ArrayList<>(noting(host, taker -> taker.take(wanted, arrivals)));
    matches.addAll(observe(host, first.getStreamTime()));
    live.used(host);
    if (!host.isEmpty()) {
      byLastUse.remove(host);
      byLastUse.add(host);
      if (byLastUse.size() > ceilings.openHosts()) {
        matches.addAll(dropLongestUnused());
      }
    }
    return matches;
  }

  /** What still waits is judged before the host is let go of. */
  private List<Match> dropLongestUnused() {
    Host dropped = byLastUse.iterator().next();
    if (kept != HostStates.NONE) {
      letGoOf(dropped.correlationKey());
      return List.of();
    }
    List<Match> matches = dropped.flush();
    overflow.dropped(dropped.label(), dropped.held());
    forget(dropped);
    dropped.close();
    live.used(dropped);
    return matches;
  }

  /** Nothing is lost: what is not in memory is still kept. */
  private void letGoOf(String correlationKey) {
    keepChanged();
    for (Host host : List.copyOf(open.sharing(correlationKey))) {
      forget(host);
      host.close();
      live.used(host);
    }
  }

  private void forget(Host host) {
    open.remove(host);
    byLastUse.remove(host);
  }

  private List<Event> relevant(List<Event> facts) {
    try {
      return gate.relevant(facts);
    } catch (RuntimeException e) {
      // One rule's condition threw. The host's session judges the record all the same: other rules
      // may have something to say of it.
      failures.accept(e);
      return facts;
    }
  }

  private List<Match> observe(Host host, long millis) {
    boolean wasLive = host.isLive();
    List<Match> matches = noting(host, one -> one.observe(millis));
    if (host.isLive() != wasLive) {
      live.used(host);
    }
    if (host.isEmpty()) {
      forget(host);
    }
    return matches;
  }

  /** No sequence, only what a rule has to say of this record by itself. */
  private List<Match> judgeAlone(List<Event> facts) {
    long time = facts.get(0).getStreamTime();
    try (HostSession alone = new HostSession(rules, time, failures)) {
      return alone.judge(facts.stream().map(fact -> fact.placed(arrivals, time)).toList());
    }
  }

  /** Lets another rule set go on with what is open, from the next record on. */
  public synchronized void use(RuleBase others) {
    rules = others;
    gate = others.gate();
    open.forEach(host -> host.use(others));
    live.clear();
  }

  /** All that is held of its hosts, as data. */
  public synchronized List<HostState> states() {
    List<HostState> states = new ArrayList<>(open.count());
    open.forEach(host -> states.add(host.state()));
    return states;
  }

  /**
   * Takes up a host that has nothing open here.
   *
   * @param lastArrival the highest number that a record had where the state comes from
   */
  public synchronized void restore(HostState state, long lastArrival) {
    arrivals = Math.max(arrivals, lastArrival);
    Host host = newHost(state.name());
    host.restore(state);
    if (!host.isEmpty()) {
      open.add(host);
      byLastUse.add(host);
    }
  }

  /** The number of the last record: later ones have higher numbers. */
  public synchronized long lastArrival() {
    return arrivals;
  }

  private Host newHost(HostFields name) {
    return new Host(name, rules, lateness, ceilings, overflow, failures, () -> repeated++);
  }

  /** Judges all records that still wait to be put in order. */
  public synchronized List<Match> flush() {
    return sweep(Host::flush);
  }

  /** Adds up what this share has seen and holds. */
  public synchronized Tally tally() {
    LongAdder facts = new LongAdder();
    LongAdder waiting = new LongAdder();
    open.forEach(
        host -> {
          facts.add(host.factCount());
          waiting.add(host.waitingCount());
        });
    return new Tally(
        records, relevant, late, repeated, open.count(), facts.sum(), waiting.sum(), judgingNanos);
  }

  /** Lets go of all sessions; what still waits is lost, so {@link #flush()} comes first. */
  @Override
  public synchronized void close() {
    open.forEach(Host::close);
    open.clear();
    byLastUse.clear();
    live.clear();
  }

  /**
   * What a share has seen and holds.
   *
   * @param records all that came in
   * @param relevant those that some rule was interested in
   * @param late those of them that could not be put in order
   * @param repeated those left out because the host had logged the same action already
   * @param openHosts hosts with something open
   * @param openFacts facts that rules hold
   * @param waiting records waiting to be put in order
   * @param judgingNanos time spent on relevant records, in nanoseconds
   */
  public record Tally(
      long records,
      long relevant,
      long late,
      long repeated,
      long openHosts,
      long openFacts,
      long waiting,
      long judgingNanos) {}
}
