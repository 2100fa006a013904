package dev.iiswarden.engine;

import dev.iiswarden.event.Detection;
import dev.iiswarden.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.drools.core.time.TimerService;
import org.drools.core.time.impl.PseudoClockScheduler;
import org.jspecify.annotations.Nullable;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.ConsequenceException;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.time.SessionPseudoClock;

/**
 * A Drools session with the facts of one host. Once an evaluation has thrown an exception, the
 * session is in an undefined state and can only be closed. Not safe for use by several threads.
 */
final class LiveSession implements AutoCloseable {
  /** It takes longer to delete more facts than to open another session. */
  private static final int MOST_DELETED = 4;

  private final RuleBase rules;
  private final HostContext context;
  private final KieSession session;
  private final List<Match> matches = new ArrayList<>(1);
  private final List<FactHandle> detections = new ArrayList<>(1);
  private @Nullable Budget budget;

  /** Whether what rules say about no facts has been said. */
  private boolean isDrained;

  private boolean isBroken;

  /** Creates a session without facts, which has to be {@linkplain #open opened} for a host. */
  LiveSession(RuleBase rules, HostContext context) {
    this.rules = rules;
    this.context = context;
    session = rules.newHostSession();
    session.addEventListener(
        new DefaultRuleRuntimeEventListener() {
          @Override
          public void objectInserted(ObjectInsertedEvent event) {
            inserted(event);
          }
        });
  }

  /** Whether this is a session of these rules. */
  boolean isOf(RuleBase others) {
    return rules == others;
  }

  /** Whether both are sessions of the same rules. */
  boolean hasRulesOf(LiveSession other) {
    return isOf(other.rules);
  }

  /**
   * Begins to hold the facts of a host.
   *
   * @param since the session time of the facts; it may be earlier than what the clock shows
   * @param facts facts that the rules have already evaluated
   * @param muted names of rules that join none of these facts
   */
  void open(long since, List<Object> facts, Set<String> muted) {
    // Without jobs, nothing depends on how the clock came to its time.
    ((PseudoClockScheduler) clock()).setStartupTime(Math.max(0, since));
    if (isDrained && facts.isEmpty()) {
      return;
    }
    within(
        muted,
        () -> {
          facts.forEach(session::insert);
          // Matches among these facts were reported at that time. Matches that have become due
          // since are not lost: the clock is advanced once the facts are back.
          session.fireAllRules(match -> false);
        });
  }

  /**
   * Deletes all facts, so that the session can be opened for another host.
   *
   * @return whether it is like a new one; if not, it must be closed
   */
  boolean clear() {
    if (isBroken || session.getFactCount() > MOST_DELETED) {
      return false;
    }
    try {
      within(
          Set.of(),
          () -> {
            List.<FactHandle>copyOf(session.getFactHandles()).forEach(session::delete);
            session.fireAllRules(match -> false);
          });
    } catch (RuntimeException e) {
      // The host has what it needs of this session. A condition that throws, or a rule over its
      // budget, is reported where it has a say.
      return false;
    }
    isDrained = true;
    return session.getFactCount() == 0 && nextJob() == Long.MAX_VALUE;
  }

  private void inserted(ObjectInsertedEvent event) {
    if (event.getRule() == null) {
      return;
    }
    String rule = event.getRule().getName();
    if (budget != null) {
      budget.inserted(rule, event.getObject());
    }
    if (event.getObject() instanceof Detection detection) {
      matches.add(new Match(rules.whole(), rule, detection, null));
      detections.add(event.getFactHandle());
    }
  }

  /** Does something on the budget of one record. */
  private void within(Set<String> muted, Runnable action) {
    Budget allowed = new Budget(context.budgets(), muted);
    budget = allowed;
    allowed.begin();
    boolean isDone = false;
    try {
      action.run();
      isDone = true;
    } finally {
      isBroken |= !isDone;
      Budget.end();
      budget = null;
    }
  }

  private SessionPseudoClock clock() {
    return session.getSessionClock();
  }

  /** Returns the session time. */
  long now() {
    return clock().getCurrentTime();
  }

  /** Moves the clock forward, never back. Facts expire, but no rule fires. */
  void moveTo(long millis) {
    long behind = millis - now();
    if (behind > 0) {
      clock().advanceTime(behind, TimeUnit.MILLISECONDS);
    }
  }

  long factCount() {
    return session.getFactCount();
  }

  /** Returns the facts, as a list of its own. */
  List<Object> facts() {
    return List.copyOf(session.getObjects());
  }

  /**
   * Returns the session time at which something may happen by itself. Drools runs everything that
   * depends on time, including expiry, as jobs of its clock.
   */
  long nextJob() {
    long toNextJob = ((TimerService) session.getSessionClock()).getTimeToNextJob();
    return toNextJob < 0 ? Long.MAX_VALUE : now() + toNextJob;
  }

  /**
   * Evaluates the facts of one record. All are inserted at once, so that no rule sees one without
   * the others.
   *
   * @param muted names of rules that neither join nor fire
   * @return the matches
   */
  List<Match> judge(List<Event> facts, Set<String> muted) {
    within(
        muted,
        () -> {
          facts.forEach(session::insert);
          fire();
        });
    return takeMatches();
  }

  /**
   * Moves the clock and fires the rules that waited for this time.
   *
   * @param muted names of rules that neither join nor fire
   * @return the matches
   */
  List<Match> advanceTo(long millis, Set<String> muted) {
    within(
        muted,
        () -> {
          moveTo(millis);
          fire();
        });
    return takeMatches();
  }

  /** Fires until no match is left. Detections are deleted after they have had their effect. */
  private void fire() {
    fireAll();
    while (!detections.isEmpty()) {
      List<FactHandle> spent = List.copyOf(detections);
      detections.clear();
      spent.forEach(session::delete);
      fireAll();
    }
  }

  private void fireAll() {
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
        isBroken = true;
        context.failures().add(e);
      }
    }
  }

  private List<Match> takeMatches() {
    if (matches.isEmpty()) {
      return List.of();
    }
    // Drools fires matches of equal salience in an order that depends on how rules were loaded.
    matches.sort(Comparator.comparing(Match::ruleName).thenComparing(LiveSession::byEvidence));
    List<Match> taken = List.copyOf(matches);
    matches.clear();
    return taken;
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

  @Override
  public void close() {
    session.dispose();
  }
}
