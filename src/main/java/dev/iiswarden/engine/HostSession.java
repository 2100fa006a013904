package dev.iiswarden.engine;

import dev.iiswarden.event.Detection;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.drools.core.time.TimerService;
import org.jspecify.annotations.Nullable;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.ConsequenceException;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.time.SessionPseudoClock;

/**
 * What rules hold of one host: a Drools session on a clock that only that host's events move, or,
 * while the host is at rest, its facts alone, from which the session is opened again when there is
 * something to judge or time has come for rules to forget or to speak. Not safe for use by several
 * threads.
 *
 * <p>A rule that throws is reported and takes nothing else with it: a consequence loses its own
 * match, and of a record on which a condition throws the other rules are asked without that rule.
 */
final class HostSession implements AutoCloseable {
  private final Consumer<RuntimeException> failures;
  private RuleBase rules;
  private final List<Match> matches = new ArrayList<>(1);
  private final List<FactHandle> detections = new ArrayList<>(1);
  private @Nullable KieSession live;
  private List<Object> resting;
  private long restingSince;
  private long now;
  private long wakeAt = Long.MAX_VALUE;

  /**
   * Holds nothing yet.
   *
   * @param now the session time that its clock shows at first
   */
  HostSession(RuleBase rules, long now, Consumer<RuntimeException> failures) {
    this(rules, now, List.of(), failures);
  }

  /**
   * Holds facts of which rules have said what they had to say.
   *
   * @param now the session time that its clock shows at first
   */
  HostSession(RuleBase rules, long now, List<Object> facts, Consumer<RuntimeException> failures) {
    this.rules = rules;
    this.failures = failures;
    this.now = now;
    restingSince = now;
    resting = facts;
    if (!facts.isEmpty()) {
      // To learn when to wake up.
      wake();
    }
  }

  /** The session time that the clock shows. */
  long now() {
    return now;
  }

  /** How many facts are held. */
  long factCount() {
    return live == null ? resting.size() : live.getFactCount();
  }

  /** The facts that are held: a list of its own. */
  List<Object> facts() {
    return live == null ? resting : List.copyOf(live.getObjects());
  }

  /** Whether there is a Drools session, which takes several times as much memory as the facts. */
  boolean isLive() {
    return live != null;
  }

  /** Keeps the facts alone until there is something to do. */
  void rest() {
    if (live != null) {
      resting = facts();
      restingSince = clock(live).getCurrentTime();
      live.dispose();
      live = null;
    }
  }

  /**
   * Lets another rule set go on with the same facts. It speaks from the next record on: what it
   * would have said of these facts alone is not said.
   */
  void use(RuleBase others) {
    rest();
    rules = others;
  }

  /**
   * Lets go of the oldest facts if there are more than so many, and of some more, so that this does
   * not happen for every event of a flood.
   *
   * @return how many were let go of
   */
  int trimTo(int most) {
    if (factCount() <= most) {
      return 0;
    }
    List<Object> byAge = new ArrayList<>(facts());
    byAge.sort(Comparator.comparingLong(HostSession::age));
    rest();
    int kept = most - most / 4;
    resting = List.copyOf(byAge.subList(byAge.size() - kept, byAge.size()));
    return byAge.size() - kept;
  }

  /** What is no event has no age, and is kept. */
  private static long age(Object fact) {
    if (fact instanceof Event event) {
      return event.getSessionTime();
    }
    if (fact instanceof ModuleRegistration registration) {
      return registration.getSessionTime();
    }
    return fact instanceof PendingSequence pending ? pending.getSessionTime() : Long.MAX_VALUE;
  }

  private KieSession wake() {
    KieSession session = live;
    RuleBase able = rules;
    while (session == null) {
      session = open(able);
      try {
        clock(session).advanceTime(restingSince, TimeUnit.MILLISECONDS);
        resting.forEach(session::insert);
        // What these facts had to say at that time was said then. What became due since is not
        // lost: the clock is moved on when they are back.
        session.fireAllRules(match -> false);
      } catch (RuntimeException e) {
        // A rule that throws on facts from before it was there: this host goes on without it.
        session.dispose();
        session = null;
        failures.accept(e);
        Set<String> throwing = able.namesOfRulesIn(e);
        if (throwing.isEmpty()) {
          resting = List.of();
        } else {
          able = able.without(throwing);
        }
      }
    }
    if (live == null) {
      live = session;
      resting = List.of();
      noteWhenToWake(session);
    }
    return session;
  }

  private KieSession open(RuleBase able) {
    KieSession opened = able.newHostSession();
    opened.addEventListener(
        new DefaultRuleRuntimeEventListener() {
          @Override
          public void objectInserted(ObjectInsertedEvent event) {
            if (event.getObject() instanceof Detection detection) {
              matches.add(new Match(rules.whole(), event.getRule().getName(), detection));
              detections.add(event.getFactHandle());
            }
          }
        });
    return opened;
  }

  private static SessionPseudoClock clock(KieSession session) {
    return session.getSessionClock();
  }

  /** Drools does everything that time brings about, expiry included, in jobs of its clock. */
  private void noteWhenToWake(KieSession session) {
    long toNextJob = ((TimerService) session.getSessionClock()).getTimeToNextJob();
    wakeAt = toNextJob < 0 ? Long.MAX_VALUE : clock(session).getCurrentTime() + toNextJob;
  }

  /**
   * Lets the rules see the facts of one record, all at once, so that none is seen without the
   * others.
   *
   * @return what matched
   */
  List<Match> judge(List<Event> facts) {
    now = Math.max(now, facts.get(0).getSessionTime());
    KieSession session = wake();
    moveClock(session);
    List<Object> before = List.copyOf(session.getObjects());
    try {
      facts.forEach(session::insert);
      fire(session);
    } catch (RuntimeException e) {
      failures.accept(e);
      matches.clear();
      reopenWith(before);
      judgeWithout(rules.namesOfRulesIn(e), facts);
    }
    return takeMatches();
  }

  /** Lets all other rules have their say of a record on which some throw. */
  private void judgeWithout(Set<String> throwing, List<Event> facts) {
    if (throwing.isEmpty()) {
      return;
    }
    try (HostSession others = new HostSession(rules.without(throwing), now, facts(), failures)) {
      matches.addAll(others.judge(facts));
      List<Object> held = new ArrayList<>(others.facts());
      held.removeIf(fact -> facts.stream().anyMatch(event -> event == fact));
      reopenWith(held);
    }
  }

  /**
   * Moves the clock forward, never back, and lets rules fire that waited for the time to pass.
   *
   * @param millis the session time
   * @return what matched
   */
  List<Match> advanceTo(long millis) {
    now = Math.max(now, millis);
    if (now < wakeAt) {
      return List.of();
    }
    KieSession session = wake();
    List<Object> before = List.copyOf(session.getObjects());
    try {
      moveClock(session);
      fire(session);
    } catch (RuntimeException e) {
      failures.accept(e);
      reopenWith(before);
    }
    return takeMatches();
  }

  private void moveClock(KieSession session) {
    long behind = now - clock(session).getCurrentTime();
    if (behind > 0) {
      clock(session).advanceTime(behind, TimeUnit.MILLISECONDS);
    }
  }

  /** Fires until no match is left, detections having been taken out after they had their effect. */
  private void fire(KieSession session) {
    fireAll(session);
    while (!detections.isEmpty()) {
      List<FactHandle> spent = List.copyOf(detections);
      detections.clear();
      spent.forEach(session::delete);
      fireAll(session);
    }
    noteWhenToWake(session);
  }

  private void fireAll(KieSession session) {
    boolean fired = false;
    while (!fired) {
      try {
        session.fireAllRules();
        fired = true;
      } catch (ConsequenceException e) {
        // Drools has dropped the match; the others are still on the agenda.
        failures.accept(e);
      }
    }
  }

  private List<Match> takeMatches() {
    if (matches.isEmpty()) {
      return List.of();
    }
    // Drools fires rules of equal salience in an order that depends on how they were compiled.
    matches.sort(Comparator.comparing(Match::ruleName));
    List<Match> taken = List.copyOf(matches);
    matches.clear();
    return taken;
  }

  /** A session in which a condition has thrown is in no sound state: a new one takes its place. */
  private void reopenWith(List<Object> facts) {
    close();
    detections.clear();
    restingSince = now;
    resting = facts;
    wake();
  }

  @Override
  public void close() {
    if (live != null) {
      live.dispose();
      live = null;
    }
    resting = List.of();
  }
}
