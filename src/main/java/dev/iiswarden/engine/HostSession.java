package dev.iiswarden.engine;

import dev.iiswarden.event.Detection;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
 * evaluated again without that rule. A rule that exceeds its {@link Budget} on a record has no say
 * on it: the record is evaluated again, and the rule neither joins nor fires.
 */
final class HostSession implements AutoCloseable {
  private final HostContext context;
  private RuleBase rules;
  private final List<Match> matches = new ArrayList<>(1);
  private final List<FactHandle> detections = new ArrayList<>(1);
  private @Nullable KieSession live;
  private @Nullable Budget budget;
  private List<Object> resting;
  private long restingSince;
  private long now;
  private long wakeAt = Long.MAX_VALUE;

  /**
   * Creates a session without facts.
   *
   * @param now the initial session time
   */
  HostSession(RuleBase rules, long now, HostContext context) {
    this(rules, now, List.of(), context);
  }

  /**
   * Creates a session with facts that the rules have already evaluated.
   *
   * @param now the initial session time
   */
  HostSession(RuleBase rules, long now, List<Object> facts, HostContext context) {
    this.rules = rules;
    this.context = context;
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
    return wake(Set.of());
  }

  /**
   * Opens a session with the facts, unless there is one.
   *
   * @param without rules that join none of these facts: they have exceeded their budget
   */
  private KieSession wake(Set<String> without) {
    RuleBase able = rules;
    Set<String> muted = new HashSet<>(without);
    while (live == null) {
      KieSession session = open(able);
      Budget allowed = new Budget(context.budgets(), muted);
      try {
        allowed.begin();
        clock(session).advanceTime(restingSince, TimeUnit.MILLISECONDS);
        resting.forEach(session::insert);
        // Matches among these facts were reported at that time. Matches that have become due since
        // are not lost: the clock is advanced once the facts are back.
        session.fireAllRules(match -> false);
        live = session;
        resting = List.of();
        noteWhenToWake(session);
      } catch (RuntimeException e) {
        session.dispose();
        OverBudgetException exceeded = OverBudgetException.in(e);
        if (exceeded != null) {
          context.overBudget().add(host(resting), exceeded);
          muted.add(exceeded.rule());
        } else {
          able = withoutThrowing(able, e);
        }
      } finally {
        Budget.end();
      }
    }
    return live;
  }

  /** A rule that is new throws on older facts: this host continues without it. */
  private RuleBase withoutThrowing(RuleBase able, RuntimeException e) {
    context.failures().add(e);
    Set<String> throwing = able.namesOfRulesIn(e);
    if (throwing.isEmpty()) {
      resting = List.of();
      return able;
    }
    return able.without(throwing);
  }

  private static String host(List<?> facts) {
    for (Object fact : facts) {
      if (fact instanceof Event event) {
        return String.valueOf(event.getHost().getName());
      }
      if (fact instanceof PendingSequence pending) {
        return String.valueOf(pending.getLast().getHost().getName());
      }
    }
    return "";
  }

  private KieSession open(RuleBase able) {
    KieSession opened = able.newHostSession();
    opened.addEventListener(
        new DefaultRuleRuntimeEventListener() {
          @Override
          public void objectInserted(ObjectInsertedEvent event) {
            Budget allowed = budget;
            if (allowed != null && event.getRule() != null) {
              allowed.inserted(event.getRule().getName(), event.getObject());
            }
            if (event.getObject() instanceof Detection detection) {
              matches.add(new Match(rules.whole(), event.getRule().getName(), detection, null));
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
    Set<String> muted = new HashSet<>();
    List<Match> reports = new ArrayList<>();
    boolean judged = false;
    while (!judged) {
      KieSession session = wake(muted);
      moveClock(session);
      List<Object> before = List.copyOf(session.getObjects());
      try {
        within(
            muted,
            () -> {
              facts.forEach(session::insert);
              fire(session);
            });
        judged = true;
      } catch (RuntimeException e) {
        matches.clear();
        OverBudgetException exceeded = OverBudgetException.in(e);
        if (exceeded == null) {
          restWith(before);
          context.failures().add(e);
          judgeWithout(rules.namesOfRulesIn(e), facts);
          judged = true;
        } else {
          reopen(before);
          if (context.overBudget().add(host(facts), exceeded)) {
            reports.add(report(exceeded, facts));
          }
          muted.add(exceeded.rule());
        }
      }
    }
    matches.addAll(reports);
    return takeMatches();
  }

  private Match report(OverBudgetException exceeded, List<Event> facts) {
    return new Match(
        rules.whole(),
        exceeded.rule(),
        new Detection(facts.toArray()),
        String.valueOf(exceeded.getMessage()));
  }

  /** Does something on the budget of one record. */
  private void within(Set<String> muted, Runnable action) {
    Budget allowed = new Budget(context.budgets(), muted);
    budget = allowed;
    allowed.begin();
    try {
      action.run();
    } finally {
      Budget.end();
      budget = null;
    }
  }

  /** Evaluates a record with all rules except those that threw on it. */
  private void judgeWithout(Set<String> throwing, List<Event> facts) {
    if (throwing.isEmpty()) {
      return;
    }
    try (HostSession others = new HostSession(rules.without(throwing), now, facts(), context)) {
      matches.addAll(others.judge(facts));
      List<Object> held = new ArrayList<>(others.facts());
      held.removeIf(fact -> facts.stream().anyMatch(event -> event == fact));
      restWith(held);
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
    Set<String> muted = new HashSet<>();
    boolean advanced = false;
    while (!advanced) {
      KieSession session = wake(muted);
      List<Object> before = List.copyOf(session.getObjects());
      try {
        within(
            muted,
            () -> {
              moveClock(session);
              fire(session);
            });
        advanced = true;
      } catch (RuntimeException e) {
        matches.clear();
        OverBudgetException exceeded = OverBudgetException.in(e);
        if (exceeded == null) {
          context.failures().add(e);
          restWith(before);
          advanced = true;
        } else {
          context.overBudget().add(host(before), exceeded);
          muted.add(exceeded.rule());
          reopen(before);
        }
      }
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
    Budget allowed = budget;
    boolean fired = false;
    while (!fired) {
      try {
        session.fireAllRules(allowed);
        if (allowed != null) {
          allowed.throwIfExceeded();
        }
        fired = true;
      } catch (ConsequenceException e) {
        if (OverBudgetException.in(e) != null) {
          throw e;
        }
        // Drools has dropped this match; the others are still on the agenda.
        context.failures().add(e);
      }
    }
  }

  private static int byEvidence(Match one, Match other) {
    List<Event> first = one.detection().getEvidence();
    List<Event> second = other.detection().getEvidence();
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      int order = Event.STREAM_ORDER.compare(first.get(i), second.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(first.size(), second.size());
  }

  private List<Match> takeMatches() {
    if (matches.isEmpty()) {
      return List.of();
    }
    // Drools fires matches of equal salience in an order that depends on how rules were compiled.
    matches.sort(Comparator.comparing(Match::ruleName).thenComparing(HostSession::byEvidence));
    List<Match> taken = List.copyOf(matches);
    matches.clear();
    return taken;
  }

  /**
   * Gives up the session, because one in which a condition has thrown is in an undefined state, and
   * keeps the given facts.
   */
  private void restWith(List<Object> facts) {
    reopen(facts);
    restingSince = now;
    wake();
  }

  private void reopen(List<Object> facts) {
    long since = live == null ? restingSince : clock(live).getCurrentTime();
    close();
    detections.clear();
    restingSince = since;
    resting = facts;
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
