package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.drools.base.base.ClassObjectType;
import org.drools.base.base.ValueResolver;
import org.drools.base.rule.EntryPointId;
import org.drools.base.rule.constraint.AlphaNodeFieldConstraint;
import org.drools.core.reteoo.AlphaNode;
import org.drools.core.reteoo.ObjectSink;
import org.drools.core.reteoo.ObjectTypeNode;
import org.drools.core.reteoo.WindowNode;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.kie.api.runtime.rule.FactHandle;

/**
 * The gate admits the few events that are relevant to some rule and rejects all others. It uses the
 * rules' own conditions: an event is admitted if it meets all conditions that some pattern of some
 * rule places on a single event. These are the events that a session keeps if its rule base has
 * {@code KieBaseMutabilityOption.DISABLED}. Inserting each event into a session to see whether it
 * stays takes twice as long. Safe for use by several threads.
 *
 * <p>The conditions come from the alpha network, the part of the Rete network in which Drools tests
 * facts one at a time. Below each object type there are chains of conditions that share their
 * beginnings. A rule follows the last condition of a chain, so any other kind of node admits the
 * event.
 */
final class Gate {
  private final List<TypeConditions> types = new ArrayList<>();
  private final Map<Class<?>, Condition[]> byFactClass = new ConcurrentHashMap<>();
  private final ValueResolver globals;

  /**
   * Creates the gate of a rule set.
   *
   * @param globals a session in which conditions look up values that are not part of the event
   */
  Gate(InternalKnowledgeBase rules, ValueResolver globals) {
    this.globals = globals;
    for (ObjectTypeNode node : rules.getRete().getObjectTypeNodes(EntryPointId.DEFAULT).values()) {
      if (node.getObjectType() instanceof ClassObjectType type) {
        types.add(
            new TypeConditions(
                type.getClassType(), Condition.behind(node.getObjectSinkPropagator().getSinks())));
      }
    }
  }

  /** Returns the facts of a record that are relevant to some rule; the same list if all are. */
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

  private boolean admits(Event event) {
    Class<?> factClass = event.getClass();
    Condition[] conditions = byFactClass.get(factClass);
    if (conditions == null) {
      conditions = byFactClass.computeIfAbsent(factClass, this::conditionsOf);
    }
    return conditions.length > 0 && anyMet(conditions, new Candidate(event), globals);
  }

  private Condition[] conditionsOf(Class<?> factClass) {
    return types.stream()
        .filter(type -> type.type().isAssignableFrom(factClass))
        .flatMap(type -> type.conditions().stream())
        .toArray(Condition[]::new);
  }

  private static boolean anyMet(Condition[] conditions, FactHandle fact, ValueResolver globals) {
    for (Condition condition : conditions) {
      if (condition.isMet(fact, globals)) {
        return true;
      }
    }
    return false;
  }

  private record TypeConditions(Class<?> type, List<Condition> conditions) {}

  /** A node of the alpha network: its tests, and the nodes behind it, none if a rule follows. */
  private static final class Condition {
    private final AlphaNodeFieldConstraint[] tests;
    private final Condition[] behind;

    private Condition(List<AlphaNodeFieldConstraint> tests, List<Condition> behind) {
      this.tests = tests.toArray(AlphaNodeFieldConstraint[]::new);
      this.behind = behind.toArray(Condition[]::new);
    }

    static List<Condition> behind(ObjectSink[] sinks) {
      List<Condition> conditions = new ArrayList<>(sinks.length);
      for (ObjectSink sink : sinks) {
        conditions.add(of(sink));
      }
      return conditions;
    }

    private static Condition of(ObjectSink sink) {
      if (sink instanceof AlphaNode alpha) {
        return new Condition(
            List.of(alpha.getConstraint()), behind(alpha.getObjectSinkPropagator().getSinks()));
      }
      if (sink instanceof WindowNode window) {
        return new Condition(
            window.getConstraints(), behind(window.getObjectSinkPropagator().getSinks()));
      }
      return new Condition(List.of(), List.of());
    }

    boolean isMet(FactHandle fact, ValueResolver globals) {
      for (AlphaNodeFieldConstraint test : tests) {
        if (!test.isAllowed(fact, globals)) {
          return false;
        }
      }
      return behind.length == 0 || anyMet(behind, fact, globals);
    }
  }
}
