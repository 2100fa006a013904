package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A host with something open: its clock, the records that still wait to be put in order, and the
 * session in which rules wait. Not safe for use by several threads.
 *
 * <p>The clock is the latest time that any event of the host has borne. Behind it by the allowed
 * lateness runs the watermark: what is older has come, so far as the host keeps to its lateness,
 * and can be judged in order. With no lateness allowed there is nothing to wait for, and each
 * record is judged as it comes.
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
   * A host of which nothing is known yet.
   *
   * @param name a name of the host, which must have one
   * @param repeats is told of each event left out because its action was logged already
   */
  Host(HostFields name, RuleBase rules, HostContext context, Runnable repeats) {
    this.name = name;
    this.rules = rules;
    this.context = context;
    this.repeats = repeats;
    latenessMillis = context.lateness().toMillis();
  }

  /** A number that is another one when anything but the clock has changed. */
  long revision() {
    return revision;
  }

  /** Whether this is the very name it is known by. */
  boolean isNamed(HostFields other) {
    return name.isSameAs(other);
  }

  /** Whether this is a name of the same machine. */
  boolean isSameMachineAs(HostFields other) {
    return name.isSameMachineAs(other);
  }

  /** What all names of the host have in common. */
  String correlationKey() {
    return String.valueOf(name.getCorrelationKey());
  }

  /** Whether an event of this session time can no longer be put in order. */
  boolean isLate(long millis) {
    return millis < watermark() || (session != null && millis < session.now());
  }

  /**
   * Takes the facts of one record that rules are interested in.
   *
   * @param arrival the record's number in the stream
   * @return what matched, if the record came too late to wait for its turn
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

  /** The latest session time that its events have borne. */
  long clock() {
    return clock;
  }

  /** Its name as it was sent. */
  String label() {
    return String.valueOf(name.getName());
  }

  /** How many facts are held: what would be lost with the host. */
  long held() {
    return factCount() + waiting.size();
  }

  /**
   * Lets an event of the host, relevant or not, move the clock.
   *
   * @param millis the event's session time
   * @return what matched in the records whose turn that made it
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

  /** Judges all that waits, in order, without waiting for its turn. */
  List<Match> flush() {
    List<Match> matches = List.of();
    for (List<Event> next = waiting.poll(); next != null; next = waiting.poll()) {
      matches = join(matches, judge(next));
    }
    closeSessionIfEmpty();
    return matches;
  }

  /** All that is held, as data. */
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

  /** Takes up what {@link #state()} has told of a host of this name. */
  void restore(HostState state) {
    clock = state.clock();
    waiting.addAll(state.waiting());
    logged.restore(state.logged());
    if (!state.facts().isEmpty()) {
      session = new HostSession(rules, state.now(), state.facts(), context.failures()::add);
      session.rest();
    }
  }

  /** Lets another rule set go on with what is open. */
  void use(RuleBase others) {
    rules = others;
    if (session != null) {
      session.use(others);
    }
  }

  /** Whether it has a Drools session. */
  boolean isLive() {
    return session != null && session.isLive();
  }

  /** Gives up the Drools session, and keeps the facts. */
  void rest() {
    if (session != null) {
      session.rest();
    }
  }

  /** Whether nothing is held for this host any more. */
  boolean isEmpty() {
    return session == null && waiting.isEmpty() && logged.isEmpty();
  }

  /** How many records wait to be put in order. */
  int waitingCount() {
    return waiting.size();
  }

  /** How many facts rules hold. */
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
      // Only decoders of single Windows events ask for this, so there is no other fact to keep.
      repeats.run();
      return List.of();
    }
    HostSession open = session;
    if (open == null) {
      open = new HostSession(rules, facts.get(0).getSessionTime(), context.failures()::add);
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
