package dev.iiswarden.engine;

import dev.iiswarden.event.Detection;
import dev.iiswarden.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.ConsequenceException;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.time.SessionPseudoClock;

/**
 * One host's Drools session, on a clock that only that host's events move. Not safe for use by
 * several threads.
 *
 * <p>A rule that throws is reported and takes nothing else with it: a consequence loses its own
 * match, and of a record on which a condition throws the other rules are asked without that rule.
 */
final class HostSession implements AutoCloseable {
  private final RuleBase rules;
  private final Consumer<RuntimeException> failures;
  private final List<Match> matches = new ArrayList<>(1);
  private final List<FactHandle> detections = new ArrayList<>(1);
  private KieSession session;
  private SessionPseudoClock clock;

  /**
   * Opens a session.
   *
   * @param now the stream time that its clock shows at first
   */
  HostSession(RuleBase rules, long now, Consumer<RuntimeException> failures) {
    this.rules = rules;
    this.failures = failures;
    session = open();
    clock = session.getSessionClock();
    setClock(now);
  }

  private KieSession open() {
    KieSession opened = rules.newHostSession();
    opened.addEventListener(
        new DefaultRuleRuntimeEventListener() {
          @Override
          public void objectInserted(ObjectInsertedEvent event) {
            if (event.getObject() instanceof Detection detection) {
              matches.add(new Match(event.getRule().getName(), detection));
              detections.add(event.getFactHandle());
            }
          }
        });
    return opened;
  }

  /** The stream time that the clock shows. */
  long now() {
    return clock.getCurrentTime();
  }

  /** How many facts the session holds. */
  long factCount() {
    return session.getFactCount();
  }

  /**
   * Lets the rules see the facts of one record, all at once, so that none is seen without the
   * others.
   *
   * @return what matched
   */
  List<Match> judge(List<Event> facts) {
    moveClock(facts.get(0).getStreamTime());
    List<Object> before = List.copyOf(session.getObjects());
    try {
      facts.forEach(session::insert);
      fire();
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
    try (HostSession others = new HostSession(rules.without(throwing), now(), failures)) {
      others.reopenWith(List.copyOf(session.getObjects()));
      matches.addAll(others.judge(facts));
      List<Object> held = new ArrayList<>(others.session.getObjects());
      held.removeIf(fact -> facts.stream().anyMatch(event -> event == fact));
      reopenWith(held);
    }
  }

  /**
   * Moves the clock forward, never back, and lets rules fire that waited for the time to pass.
   *
   * @param millis the stream time
   * @return what matched
   */
  List<Match> advanceTo(long millis) {
    if (!moveClock(millis)) {
      return List.of();
    }
    List<Object> before = List.copyOf(session.getObjects());
    try {
      fire();
    } catch (RuntimeException e) {
      failures.accept(e);
      reopenWith(before);
    }
    return takeMatches();
  }

  private boolean moveClock(long millis) {
    boolean forward = millis > clock.getCurrentTime();
    if (forward) {
      setClock(millis);
    }
    return forward;
  }

  private void setClock(long millis) {
    clock.advanceTime(millis - clock.getCurrentTime(), TimeUnit.MILLISECONDS);
  }

  /** Fires until no match is left, detections having been taken out after they had their effect. */
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
    List<Match> taken = List.copyOf(matches);
    matches.clear();
    return taken;
  }

  /** A session in which a condition has thrown is in no sound state: a new one takes its place. */
  private void reopenWith(List<Object> facts) {
    long now = now();
    session.dispose();
    detections.clear();
    session = open();
    clock = session.getSessionClock();
    setClock(now);
    facts.forEach(session::insert);
    // What these facts have to say among themselves was said when they came.
    session.fireAllRules(match -> false);
  }

  @Override
  public void close() {
    session.dispose();
  }
}
