package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.drools.base.base.ClassObjectType;
import org.drools.base.base.ValueResolver;
import org.drools.base.rule.EntryPointId;
import org.drools.base.rule.constraint.AlphaNodeFieldConstraint;
import org.drools.core.reteoo.AlphaNode;
import org.drools.core.reteoo.ObjectSink;
import org.drools.core.reteoo.ObjectTypeNode;
import org.drools.core.reteoo.WindowNode;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;

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
 * event. {@link TypeGate} holds the chains.
 */
final class Gate {
  private final List<TypeConditions> types = new ArrayList<>();
  private final Map<Class<?>, TypeGate> byFactClass = new ConcurrentHashMap<>();

  /**
   * Creates the gate of a rule set.
   *
   * @param globals a session in which conditions look up values that are not part of the event
   * @param reader reads the conditions of compiled rules
   */
  Gate(InternalKnowledgeBase rules, ValueResolver globals, ConditionReader reader) {
    for (ObjectTypeNode node : rules.getRete().getObjectTypeNodes(EntryPointId.DEFAULT).values()) {
      if (node.getObjectType() instanceof ClassObjectType type) {
        List<List<GateCondition>> chains = new ArrayList<>();
        Function<AlphaNodeFieldConstraint, GateCondition> test =
            constraint -> GateCondition.of(constraint, type.getClassType(), globals, reader);
        for (ObjectSink sink : node.getObjectSinkPropagator().getSinks()) {
          collect(sink, List.of(), chains, test);
        }
        types.add(new TypeConditions(type.getClassType(), chains));
      }
    }
  }

  private static void collect(
      ObjectSink sink,
      List<GateCondition> before,
      List<List<GateCondition>> chains,
      Function<AlphaNodeFieldConstraint, GateCondition> test) {
    List<GateCondition> chain = new ArrayList<>(before);
    ObjectSink[] behind = {};
    if (sink instanceof AlphaNode alpha) {
      chain.add(test.apply(alpha.getConstraint()));
      behind = alpha.getObjectSinkPropagator().getSinks();
    } else if (sink instanceof WindowNode window) {
      for (AlphaNodeFieldConstraint constraint : window.getConstraints()) {
        chain.add(test.apply(constraint));
      }
      behind = window.getObjectSinkPropagator().getSinks();
    }
    if (behind.length == 0) {
      chains.add(chain);
    }
    for (ObjectSink next : behind) {
      collect(next, chain, chains, test);
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

  /**
   * Returns the facts of a record that a host needs: those that are relevant, and every part of a
   * script block, because only the whole block tells whether it is.
   */
  List<Event> needed(List<Event> facts) {
    for (Event fact : facts) {
      if (ScriptParts.isPart(fact) && !ofType(fact).isEmpty()) {
        return facts;
      }
    }
    return relevant(facts);
  }

  private boolean admits(Event event) {
    return ofType(event).admits(event);
  }

  private TypeGate ofType(Event event) {
    Class<?> factClass = event.getClass();
    TypeGate gate = byFactClass.get(factClass);
    return gate == null ? byFactClass.computeIfAbsent(factClass, this::ofType) : gate;
  }

  private TypeGate ofType(Class<?> factClass) {
    return new TypeGate(
        types.stream()
            .filter(type -> type.type().isAssignableFrom(factClass))
            .flatMap(type -> type.chains().stream())
            .toList());
  }

  private record TypeConditions(Class<?> type, List<List<GateCondition>> chains) {}
}
