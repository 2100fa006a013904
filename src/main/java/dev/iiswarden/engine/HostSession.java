package dev.iiswarden.engine;

import dev.iiswarden.event.Detection;
import dev.iiswarden.event.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
 * match, a condition the record it threw on.
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
    try {
      facts.forEach(session::insert);
      fire();
    } catch (RuntimeException e) {
      failures.accept(e);
      reopenWithout(facts);
    }
    return takeMatches();
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
    try {
      fire();
    } catch (RuntimeException e) {
      failures.accept(e);
      reopenWithout(List.of());
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

  /** A condition threw in mid-evaluation: a new session with the same facts is sure to be sound. */
  private void reopenWithout(List<Event> rejected) {
    List<Object> facts = new ArrayList<>();
    Collection<? extends Object> held = session.getObjects();
    for (Object fact : held) {
      if (!(fact instanceof Detection) && rejected.stream().noneMatch(event -> event == fact)) {
        facts.add(fact);
      }
    }
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
