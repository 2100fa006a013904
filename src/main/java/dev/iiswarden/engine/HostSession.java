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
 * The facts that rules hold for one host. They are in a Drools session whose clock only that host's
 * events move. While the host rests there is no session but only the facts. The session is reopened
 * from them when there is a record to evaluate, or when time makes a fact expire or a rule fire.
 * Not safe for use by several threads.
 *
 * <p>If a rule throws an exception, the exception is reported and the other rules are not affected.
 * A consequence that throws loses only its own match. After a condition has thrown, the record is
 * evaluated again without that rule.
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
   * Creates a session without facts.
   *
   * @param now the initial session time
   */
  HostSession(RuleBase rules, long now, Consumer<RuntimeException> failures) {
    this(rules, now, List.of(), failures);
  }

  /**
   * Creates a session with facts that the rules have already evaluated.
   *
   * @param now the initial session time
   */
  HostSession(RuleBase rules, long now, List<Object> facts, Consumer<RuntimeException> failures) {
    this.rules = rules;
    this.failures = failures;
    this.now = now;
    restingSince = now;
    resting = facts;
    if (!facts.isEmpty()) {
      // The session knows when it must wake up next.
      wake();
    }
  }

  /** Returns the session time of the clock. */
  long now() {
    return now;
  }

  /** Returns the number of facts. */
  long factCount() {
    return live == null ? resting.size() : live.getFactCount();
  }

  /** Returns the facts, as a list of its own. */
  List<Object> facts() {
    return live == null ? resting : List.copyOf(live.getObjects());
  }

  /** Whether there is a Drools session, which takes several times the memory of the facts. */
  boolean isLive() {
    return live != null;
  }

  /** Closes the Drools session and keeps the facts until there is something to do. */
  void rest() {
    if (live != null) {
      resting = facts();
      restingSince = clock(live).getCurrentTime();
      live.dispose();
      live = null;
    }
  }

  /**
   * Replaces the rule set and keeps the facts. The new rules fire from the next record on. Matches
   * that they would have found among these facts alone are not reported.
   */
  void use(RuleBase others) {
    rest();
    rules = others;
  }

  /**
   * Drops the oldest facts if there are more than allowed. A quarter of the allowed number is
   * dropped, too, so that a flood does not cause this for every event.
   *
   * @return how many facts were dropped
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

  /** A fact of any other type has no age and is kept. */
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
        // Matches among these facts were reported at that time. Matches that have become due since
        // are not lost: the clock is advanced once the facts are back.
        session.fireAllRules(match -> false);
      } catch (RuntimeException e) {
        // A rule that is new throws on older facts: this host continues without it.
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

  /** Drools runs everything that depends on time, including expiry, as jobs of its clock. */
  private void noteWhenToWake(KieSession session) {
    long toNextJob = ((TimerService) session.getSessionClock()).getTimeToNextJob();
    wakeAt = toNextJob < 0 ? Long.MAX_VALUE : clock(session).getCurrentTime() + toNextJob;
  }

  /**
   * Evaluates the facts of one record. All are inserted at once, so that no rule sees one without
   * the others.
   *
   * @return the matches
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

  /** Evaluates a record with all rules except those that threw on it. */
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
   * Moves the clock forward, never back, and fires the rules that waited for this time.
   *
   * @param millis the session time
   * @return the matches
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

  /** Fires until no match is left. Detections are deleted after they have had their effect. */
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
        // Drools has dropped this match; the others are still on the agenda.
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

  /**
   * Opens a new session, because a session in which a condition has thrown is in an undefined
   * state.
   */
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
