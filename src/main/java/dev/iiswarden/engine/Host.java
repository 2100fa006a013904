package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A host with open state: its clock, the records that wait to be put in order, and the session that
 * holds the facts of its rules. Not safe for use by several threads.
 *
 * <p>The clock is the latest time of any event of the host. The watermark trails it by the allowed
 * lateness. Records older than the watermark are complete, provided the host keeps to its lateness,
 * and can be evaluated in order. With a lateness of zero nothing waits and each record is evaluated
 * on arrival.
 */
final class Host implements AutoCloseable {
  private final HostContext context;
  private final Runnable repeats;
  private final long latenessMillis;
  private final LoggedActions logged = new LoggedActions();
  private final PriorityQueue<List<Event>> waiting =
      new PriorityQueue<>(Comparator.comparing(facts -> facts.get(0), Event.STREAM_ORDER));
  private RuleBase rules;
  private HostFields name;
  private long clock = Long.MIN_VALUE;
  private @Nullable HostSession session;
  private long revision;

  /**
   * Creates a host without state.
   *
   * @param name a name of the host, which must not be missing
   * @param repeats called for each event that is dropped because its action has already been logged
   */
  Host(HostFields name, RuleBase rules, HostContext context, Runnable repeats) {
    this.name = name;
    this.rules = rules;
    this.context = context;
    this.repeats = repeats;
    latenessMillis = context.lateness().toMillis();
  }

  /** Returns a number that changes whenever anything but the clock changes. */
  long revision() {
    return revision;
  }

  /** Whether this is exactly the name by which the host is known. */
  boolean isNamed(HostFields other) {
    return name.isSameAs(other);
  }

  /** Whether this name belongs to the same machine. */
  boolean isSameMachineAs(HostFields other) {
    return name.isSameMachineAs(other);
  }

  /** Returns the key that all names of the host have in common. */
  String correlationKey() {
    return String.valueOf(name.getCorrelationKey());
  }

  /** Whether an event with this session time is too late to be put in order. */
  boolean isLate(long millis) {
    return millis < watermark() || (session != null && millis < session.now());
  }

  /**
   * Takes the relevant facts of one record.
   *
   * @param arrival the record's number in the stream
   * @return the matches, if the record was evaluated because it is late, or another one because too
   *     many wait
   */
  List<Match> take(List<Event> facts, long arrival) {
    revision++;
    name = name.moreTelling(facts.get(0).getHost());
    boolean late = isLate(facts.get(0).getSessionTime());
    long notBefore = late && session != null ? session.now() : Long.MIN_VALUE;
    List<Event> placed = new ArrayList<>(facts.size());
    for (Event fact : facts) {
      placed.add(fact.placed(arrival, notBefore));
    }
    if (late) {
      return judge(placed);
    }
    waiting.add(placed);
    if (waiting.size() <= context.ceilings().waitingPerHost()) {
      return List.of();
    }
    context.flood().judgedEarly(label());
    return judge(waiting.remove());
  }

  /** Returns the latest session time of the host's events. */
  long clock() {
    return clock;
  }

  /** Returns the host's name as it was sent. */
  String label() {
    return String.valueOf(name.getName());
  }

  /** Returns how many facts and waiting records would be lost with the host. */
  long held() {
    return factCount() + waiting.size();
  }

  /**
   * Advances the clock for an event of the host, relevant or not.
   *
   * @param millis the event's session time
   * @return the matches of the records whose turn has come
   */
  List<Match> observe(long millis) {
    if (millis > clock) {
      clock = millis;
    } else if (latenessMillis > 0) {
      return List.of();
    }
    long watermark = watermark();
    List<Match> matches = List.of();
    for (List<Event> next = waiting.peek();
        next != null && (latenessMillis == 0 || next.get(0).getSessionTime() < watermark);
        next = waiting.peek()) {
      waiting.remove();
      matches = join(matches, judge(next));
    }
    if (session != null) {
      long before = session.factCount();
      matches = join(matches, session.advanceTo(watermark));
      revision += session.factCount() == before ? 0 : 1;
    }
    logged.forgetUntil(watermark);
    closeSessionIfEmpty();
    return matches;
  }

  /** Evaluates all waiting records at once, in order. */
  List<Match> flush() {
    List<Match> matches = List.of();
    for (List<Event> next = waiting.poll(); next != null; next = waiting.poll()) {
      matches = join(matches, judge(next));
    }
    closeSessionIfEmpty();
    return matches;
  }

  /** Returns all state as data. */
  HostState state() {
    List<List<Event>> inOrder = new ArrayList<>(waiting);
    inOrder.sort(waiting.comparator());
    return new HostState(
        name,
        clock,
        session == null ? 0 : session.now(),
        session == null ? List.of() : session.facts(),
        inOrder,
        logged.state());
  }

  /** Restores what {@link #state()} returned for a host with this name. */
  void restore(HostState state) {
    clock = state.clock();
    waiting.addAll(state.waiting());
    logged.restore(state.logged());
    if (!state.facts().isEmpty()) {
      session = new HostSession(rules, state.now(), state.facts(), context);
      session.rest();
    }
  }

  /** Replaces the rule set and keeps the open state. */
  void use(RuleBase others) {
    rules = others;
    if (session != null) {
      session.use(others);
    }
  }

  /** Whether the host has a Drools session. */
  boolean isLive() {
    return session != null && session.isLive();
  }

  /** Closes the Drools session and keeps the facts. */
  void rest() {
    if (session != null) {
      session.rest();
    }
  }

  /** Whether the host has no state left. */
  boolean isEmpty() {
    return session == null && waiting.isEmpty() && logged.isEmpty();
  }

  /** Returns the number of records that wait to be put in order. */
  int waitingCount() {
    return waiting.size();
  }

  /** Returns the number of facts that rules hold. */
  long factCount() {
    return session == null ? 0 : session.factCount();
  }

  private long watermark() {
    return clock < Long.MIN_VALUE + latenessMillis ? Long.MIN_VALUE : clock - latenessMillis;
  }

  private List<Match> judge(List<Event> record) {
    revision++;
    List<Event> facts = record;
    if (facts.stream().anyMatch(logged::isRepeated)) {
      // Only decoders that return one fact per record set this flag, so no other fact is lost.
      repeats.run();
      return List.of();
    }
    HostSession open = session;
    if (open == null) {
      open = new HostSession(rules, facts.get(0).getSessionTime(), context);
      session = open;
    }
    List<Match> matches = open.judge(facts);
    int dropped = open.trimTo(context.ceilings().factsPerHost());
    if (dropped > 0) {
      context.flood().dropped(label(), dropped);
    }
    return matches;
  }

  private void closeSessionIfEmpty() {
    if (session != null && session.factCount() == 0) {
      session.close();
      session = null;
    }
  }

  private static List<Match> join(List<Match> some, List<Match> more) {
    if (more.isEmpty()) {
      return some;
    }
    if (some.isEmpty()) {
      return more;
    }
    List<Match> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
      session = null;
    }
    waiting.clear();
  }
}
