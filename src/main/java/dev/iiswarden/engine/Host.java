package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A host with open state: its clock, the records that wait to be put in order, and the session that
 * holds the facts of its rules. Not safe for use by several threads.
 *
 * <p>The clock is the latest believed time of any event of the host, see {@link EventClock}. The
 * watermark trails it by the allowed lateness. Records older than the watermark are complete,
 * provided the host keeps to its lateness, and can be evaluated in order. With a lateness of zero
 * each record is evaluated on arrival, unless it is so far ahead of the clock that its time is not
 * believed yet.
 */
final class Host implements AutoCloseable {
  private final HostContext context;
  private final Runnable repeats;
  private final long latenessMillis;
  private final WaitingRecords waiting;
  private final EventClock clock;

  /**
   * What is remembered of actions and of script blocks; null if there is none, as on most hosts.
   */
  private @Nullable LoggedActions logged;

  private @Nullable ScriptParts scripts;
  private RuleBase rules;
  private HostFields name;
  private long firstArrival;
  private long lastUse;
  private @Nullable HostSession session;
  private long revision;

  /**
   * Creates a host without state.
   *
   * @param name a name of the host, which must not be missing
   * @param repeats called for each event that is dropped because its action has already been logged
   * @param isStored whether changes are asked for, see {@link #takeWaitingChanges}
   */
  Host(HostFields name, RuleBase rules, HostContext context, Runnable repeats, boolean isStored) {
    this.name = name;
    this.rules = rules;
    this.context = context;
    this.repeats = repeats;
    waiting = new WaitingRecords(isStored);
    latenessMillis = context.lateness().toMillis();
    clock = new EventClock(context.lateness(), context.leap(), context.arrivals());
  }

  /** Returns a number that changes whenever anything but the clock changes. */
  long revision() {
    return revision;
  }

  /** Returns the name by which the host is known. */
  HostFields name() {
    return name;
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
    lastUse = arrival;
    firstArrival = firstArrival == 0 ? arrival : firstArrival;
    name = name.moreTelling(facts.get(0).getHost());
    boolean late = isLate(facts.get(0).getSessionTime());
    long notBefore = late && session != null ? session.now() : Long.MIN_VALUE;
    List<Event> placed = new ArrayList<>(facts.size());
    for (Event fact : facts) {
      placed.add(fact.placed(arrival, notBefore));
    }
    WaitingRecord record = new WaitingRecord(arrival, placed, null);
    if (late) {
      return judge(record);
    }
    waiting.add(record);
    if (waiting.size() <= context.ceilings().waitingPerHost()) {
      return List.of();
    }
    context.flood().judgedEarly(label());
    return judge(waiting.remove());
  }

  /**
   * Returns what has begun to wait since the last call, by arrival; null for what has ceased to.
   */
  Map<Long, @Nullable WaitingRecord> takeWaitingChanges() {
    return waiting.takeChanges();
  }

  /** Returns the arrival of the first relevant record of the host since it was opened here. */
  long firstArrival() {
    return firstArrival;
  }

  /** Returns the arrival of the host's last relevant record. */
  long lastUse() {
    return lastUse;
  }

  /** Returns the latest believed session time of the host's events; negative if there is none. */
  long clock() {
    return clock.time();
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
    long before = clock.time();
    clock.observe(millis);
    List<Match> matches = matchesOfRefutedLeaps();
    if (latenessMillis == 0) {
      // A record may have its turn although the clock has not moved, and none waits to be noticed.
      matches = join(matches, evaluateWhatIsDue());
      return join(matches, matchesAhead((record, match) -> true));
    }
    return clock.time() == before ? matches : join(matches, evaluateWhatIsDue());
  }

  /**
   * Advances the clock by word of the application.
   *
   * @param millis the session time
   * @return the matches of the records whose turn has come
   */
  List<Match> advanceTo(long millis) {
    clock.advanceTo(millis);
    List<Match> matches = matchesOfRefutedLeaps();
    return join(matches, evaluateWhatIsDue());
  }

  /** Advances the clock by word of the application, by a span in milliseconds. */
  List<Match> elapse(long span) {
    // The silence began with the last event, so it is decided first whether that one leapt.
    List<Match> matches = advanceTo(EventClock.UNKNOWN);
    return clock.time() == EventClock.UNKNOWN
        ? matches
        : join(matches, advanceTo(clock.time() + span));
  }

  private List<Match> evaluateWhatIsDue() {
    long watermark = watermark();
    List<Match> matches = List.of();
    for (WaitingRecord next = waiting.peek();
        next != null && (latenessMillis == 0 ? next.time() <= watermark : next.time() < watermark);
        next = waiting.peek()) {
      matches = join(matches, judge(waiting.remove()));
    }
    if (session != null) {
      long before = session.factCount();
      List<Match> due = session.advanceTo(watermark);
      revision += session.factCount() == before && due.isEmpty() ? 0 : 1;
      matches = join(matches, due);
    }
    if (logged != null && logged.forgetUntil(watermark)) {
      revision++;
    }
    if (scripts != null && scripts.forgetUntil(watermark)) {
      revision++;
    }
    logged = logged == null || logged.isEmpty() ? null : logged;
    scripts = scripts == null || scripts.isEmpty() ? null : scripts;
    closeSessionIfEmpty();
    return matches;
  }

  /**
   * Finds the matches of records with a refuted time that need no other record, because their turn
   * may be hours away. The records keep their place in the order.
   */
  private List<Match> matchesOfRefutedLeaps() {
    if (!clock.isRefuted()) {
      return List.of();
    }
    context.refutedLeaps().increment();
    return matchesAhead(WaitingRecord::isOfItsOwn);
  }

  /**
   * Finds matches of the records that leap, in a session that is not kept, and for which nobody has
   * done so yet.
   *
   * @param wanted which matches of a record to hand over
   */
  private List<Match> matchesAhead(BiPredicate<WaitingRecord, Match> wanted) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<WaitingRecord> leaping = waiting.inOrder();
    leaping.removeIf(record -> !clock.isLeap(record.time()));
    if (leaping.stream().noneMatch(record -> record.raised() == null)) {
      return List.of();
    }
    List<Match> matches = List.of();
    List<Object> facts = session == null ? List.of() : session.facts();
    long now = session == null ? leaping.get(0).time() : session.now();
    try (HostSession ahead = new HostSession(rules, now, facts, context)) {
      for (WaitingRecord record : leaping) {
        List<Match> found =
            ahead.judge(record.facts()).stream()
                .filter(match -> record.raised() == null && wanted.test(record, match))
                .toList();
        if (record.raised() == null) {
          waiting.replace(record, record.withRaised(found));
          revision++;
        }
        matches = join(matches, found);
      }
    }
    return matches;
  }

  /** Evaluates all waiting records at once, in order. */
  List<Match> flush() {
    List<Match> matches = List.of();
    while (!waiting.isEmpty()) {
      matches = join(matches, judge(waiting.remove()));
    }
    closeSessionIfEmpty();
    return matches;
  }

  /** Returns all state as data. */
  HostState state() {
    return new HostState(
        name,
        clock.time(),
        clock.ahead(),
        clock.arrivedAt(),
        session == null ? 0 : session.now(),
        session == null ? List.of() : session.facts(),
        waiting.inOrder(),
        logged == null ? List.of() : logged.state(),
        scripts == null ? List.of() : scripts.state());
  }

  /** Restores what {@link #state()} returned for a host with this name. */
  void restore(HostState state) {
    clock.restore(state.clock(), state.ahead(), state.arrivedAt());
    waiting.restore(state.waiting());
    if (!state.logged().isEmpty()) {
      logged().restore(state.logged());
    }
    if (!state.scripts().isEmpty()) {
      scripts().restore(state.scripts());
    }
    if (!state.facts().isEmpty()) {
      session = new HostSession(rules, state.now(), state.facts(), context);
      session.rest();
    }
  }

  private LoggedActions logged() {
    LoggedActions known = logged;
    if (known == null) {
      known = new LoggedActions();
      logged = known;
    }
    return known;
  }

  private ScriptParts scripts() {
    ScriptParts known = scripts;
    if (known == null) {
      known = new ScriptParts(context.ceilings().charactersPerEvent());
      scripts = known;
    }
    return known;
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
    return session == null
        && waiting.isEmpty()
        && (logged == null || logged.isEmpty())
        && (scripts == null || scripts.isEmpty());
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
    return clock.time() == EventClock.UNKNOWN ? EventClock.UNKNOWN : clock.time() - latenessMillis;
  }

  private List<Match> judge(WaitingRecord record) {
    revision++;
    List<Event> facts = withWholeScripts(record.facts());
    if (facts.isEmpty()) {
      return List.of();
    }
    if (isRepeated(facts)) {
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
    return record.raised() == null
        ? matches
        : matches.stream().filter(match -> !record.hasRaised(match)).toList();
  }

  private boolean isRepeated(List<Event> facts) {
    for (Event fact : facts) {
      if (fact.isCountedOnce() && logged().isRepeated(fact)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the facts to evaluate: the whole script block for the part that completes it, and of
   * other parts those that are relevant by themselves.
   */
  private List<Event> withWholeScripts(List<Event> facts) {
    if (!hasPart(facts)) {
      return facts;
    }
    ScriptParts parts = scripts();
    List<Event> whole =
        facts.stream().map(fact -> ScriptParts.isPart(fact) ? parts.take(fact) : fact).toList();
    int givenUp = parts.takeGivenUp();
    if (givenUp > 0) {
      context.flood().dropped(label(), givenUp);
    }
    try {
      return rules.gate().relevant(whole);
    } catch (RuntimeException e) {
      context.failures().add(e);
      return whole;
    }
  }

  private static boolean hasPart(List<Event> facts) {
    for (Event fact : facts) {
      if (ScriptParts.isPart(fact)) {
        return true;
      }
    }
    return false;
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
