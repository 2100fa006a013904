package dev.iiswarden.engine;

import dev.iiswarden.event.Detection;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.PendingSequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private @Nullable LiveSession live;
  private List<Object> resting;
  private long restingSince;
  private long now;
  private long wakeAt = Long.MAX_VALUE;

  /**
   * Whether all resting facts are {@linkplain LaterStages later stages} of the present, to which no
   * rule has anything to say: they are forgotten without a session, unless one is needed before.
   */
  private boolean isSilent;

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
    return live == null ? resting.size() : live.factCount();
  }

  /** Returns the facts, as a list of its own. */
  List<Object> facts() {
    return live == null ? resting : live.facts();
  }

  /** Whether there is a Drools session, which takes several times the memory of the facts. */
  boolean isLive() {
    return live != null;
  }

  /** Closes the Drools session and keeps the facts until there is something to do. */
  void rest() {
    if (live != null) {
      resting = facts();
      restingSince = live.now();
      context.spares().giveBack(live);
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
    // These may have something to say.
    isSilent = false;
  }

  /**
   * Drops facts if there are more than allowed: the oldest of the largest {@linkplain Crowds
   * crowd}. A quarter of the allowed number is dropped, too, so that a flood does not cause this
   * for every event.
   *
   * @return how many facts were dropped
   */
  int trimTo(int most) {
    if (factCount() <= most) {
      return 0;
    }
    List<Object> all = facts();
    rest();
    resting = Crowds.keep(all, most - most / 4);
    return all.size() - resting.size();
  }

  private LiveSession wake() {
    return wake(Set.of());
  }

  /**
   * Opens a session with the facts, unless there is one.
   *
   * @param without rules that join none of these facts: they have exceeded their budget
   */
  private LiveSession wake(Set<String> without) {
    RuleBase able = rules;
    Set<String> muted = new HashSet<>(without);
    LiveSession session = live;
    while (session == null) {
      try {
        session = opened(able, muted);
        live = session;
        resting = List.of();
        isSilent = false;
        wakeAt = session.nextJob();
      } catch (RuntimeException e) {
        OverBudgetException exceeded = OverBudgetException.in(e);
        if (exceeded == null) {
          able = withoutThrowing(able, e);
        } else {
          context.overBudget().add(host(resting), exceeded);
          muted.add(exceeded.rule());
        }
      }
    }
    return session;
  }

  private LiveSession opened(RuleBase able, Set<String> muted) {
    LiveSession session = context.spares().take(able, context);
    try {
      session.open(restingSince, resting, muted);
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
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

  /**
   * Evaluates the facts of one record.
   *
   * @return the matches, and the reports of rules that exceeded their budget
   */
  List<Match> judge(List<Event> facts) {
    now = Math.max(now, facts.get(0).getSessionTime());
    forgetSilent();
    if (live == null && (isSilent || resting.isEmpty()) && rules.laterStages().areAll(facts)) {
      keepSilent(facts);
      return List.of();
    }
    Set<String> muted = new HashSet<>();
    List<Match> reports = new ArrayList<>();
    while (true) {
      LiveSession session = wake(muted);
      session.moveTo(now);
      List<Object> before = session.facts();
      try {
        return join(judged(session.judge(facts, muted)), reports);
      } catch (RuntimeException e) {
        restWith(before);
        OverBudgetException exceeded = OverBudgetException.in(e);
        if (exceeded == null) {
          context.failures().add(e);
          return join(judgeWithout(rules.namesOfRulesIn(e), facts), reports);
        }
        if (context.overBudget().add(host(facts), exceeded)) {
          reports.add(report(exceeded, facts));
        }
        muted.add(exceeded.rule());
      }
    }
  }

  private void keepSilent(List<Event> facts) {
    if (facts.get(0).getSessionTime() < now) {
      return;
    }
    List<Object> all = new ArrayList<>(resting);
    all.addAll(facts);
    resting = List.copyOf(all);
    restingSince = now;
    // All of them are of the same time, or else those before have been forgotten.
    wakeAt = now + LaterStages.MILLIS;
    isSilent = true;
  }

  private void forgetSilent() {
    if (isSilent && now >= wakeAt) {
      resting = List.of();
      wakeAt = Long.MAX_VALUE;
      isSilent = false;
    }
  }

  /** Notes when the session must wake up after an evaluation. */
  private List<Match> judged(List<Match> matches) {
    wakeAt = live == null ? Long.MAX_VALUE : live.nextJob();
    return matches;
  }

  private static List<Match> join(List<Match> some, List<Match> more) {
    if (more.isEmpty()) {
      return some;
    }
    List<Match> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private Match report(OverBudgetException exceeded, List<Event> facts) {
    return new Match(
        rules.whole(),
        exceeded.rule(),
        new Detection(facts.toArray()),
        String.valueOf(exceeded.getMessage()));
  }

  /** Evaluates a record with all rules except those that threw on it. */
  private List<Match> judgeWithout(Set<String> throwing, List<Event> facts) {
    if (throwing.isEmpty()) {
      wake();
      return List.of();
    }
    try (HostSession others = new HostSession(rules.without(throwing), now, facts(), context)) {
      List<Match> matches = others.judge(facts);
      List<Object> held = new ArrayList<>(others.facts());
      held.removeIf(fact -> facts.stream().anyMatch(event -> event == fact));
      restWith(held);
      wake();
      return matches;
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
    forgetSilent();
    if (now < wakeAt) {
      return List.of();
    }
    Set<String> muted = new HashSet<>();
    while (true) {
      LiveSession session = wake(muted);
      List<Object> before = session.facts();
      long since = session.now();
      try {
        return judged(session.advanceTo(now, muted));
      } catch (RuntimeException e) {
        OverBudgetException exceeded = OverBudgetException.in(e);
        if (exceeded == null) {
          restWith(before);
          context.failures().add(e);
          wake();
          return List.of();
        }
        context.overBudget().add(host(before), exceeded);
        muted.add(exceeded.rule());
        giveUp(before);
        restingSince = since;
      }
    }
  }

  /** Gives up a session that has moved to the present, and keeps the given facts. */
  private void restWith(List<Object> facts) {
    giveUp(facts);
    restingSince = now;
  }

  /**
   * Gives up the session, because one in which something has thrown is in an undefined state, and
   * keeps the facts of the time before.
   */
  private void giveUp(List<Object> facts) {
    close();
    resting = facts;
  }

  @Override
  public void close() {
    if (live != null) {
      context.spares().giveBack(live);
      live = null;
    }
    resting = List.of();
    isSilent = false;
  }
}
