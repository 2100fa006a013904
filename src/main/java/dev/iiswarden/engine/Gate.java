package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.AgendaFilter;
import org.kie.api.runtime.rule.FactHandle;

/**
 * Tells the few events that some rule is interested in from all the others. It is a Drools session
 * in which nothing ever fires: what the session still holds after an insertion has passed the own
 * conditions of some pattern, whatever rules an analyst wrote; everything else is gone already.
 *
 * <p>Not safe for use by several threads.
 */
final class Gate implements AutoCloseable {
  private static final AgendaFilter NEVER_FIRE = match -> false;

  private final RuleBase rules;
  private final Map<Class<?>, Boolean> spokenOf = new HashMap<>();
  private KieSession session;
  private long idleFacts;

  Gate(RuleBase rules) {
    this.rules = rules;
    session = open();
  }

  private KieSession open() {
    KieSession opened = rules.newGateSession();
    opened.fireAllRules(NEVER_FIRE);
    idleFacts = opened.getFactCount();
    return opened;
  }

  /** Those of a record's facts that some rule is interested in: the same list if all are. */
  List<Event> relevant(List<Event> facts) {
    if (facts.size() == 1) {
      return admits(facts.get(0)) ? facts : List.of();
    }
    List<Event> relevant = new ArrayList<>(facts.size());
    for (Event fact : facts) {
      if (admits(fact)) {
        relevant.add(fact);
      }
    }
    return relevant;
  }

  /**
   * Whether some rule is interested in the event.
   *
   * @throws RuntimeException if a rule's condition throws; the gate is as new afterwards
   */
  private boolean admits(Event event) {
    if (!spokenOf.computeIfAbsent(event.getClass(), rules::speaksOf)) {
      return false;
    }
    try {
      FactHandle handle = session.insert(event);
      session.fireAllRules(NEVER_FIRE);
      if (session.getFactCount() == idleFacts) {
        return false;
      }
      session.delete(handle);
      return true;
    } catch (RuntimeException e) {
      session.dispose();
      session = open();
      throw e;
    }
  }

  @Override
  public void close() {
    session.dispose();
  }
}
