package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.drools.base.base.ClassObjectType;
import org.drools.base.base.ValueResolver;
import org.drools.base.reteoo.InitialFactImpl;
import org.drools.base.rule.EntryPointId;
import org.drools.base.rule.constraint.AlphaNodeFieldConstraint;
import org.drools.core.reteoo.AlphaNode;
import org.drools.core.reteoo.JoinNode;
import org.drools.core.reteoo.LeftInputAdapterNode;
import org.drools.core.reteoo.LeftTupleSource;
import org.drools.core.reteoo.ObjectSink;
import org.drools.core.reteoo.ObjectTypeNode;
import org.drools.core.reteoo.RightInputAdapterNode;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the events that say nothing to a host without facts: they can only be a later stage of
 * something, and nothing has begun. Such an event matches no rule and is forgotten within a
 * millisecond, so it needs no session. Safe for use by several threads.
 *
 * <p>This follows from the Rete network. An event joins facts from the right if it meets a pattern
 * that is not the first one of its rule. There is nothing to join if the join's left side needs a
 * fact, and there is none. A rule that begins with {@code not}, {@code exists} or {@code
 * accumulate}, or with a window, needs no fact on the left: Drools begins it with a fact of its
 * own, and joins a window to that one. An event is kept for {@link #MILLIS} unless some rule needs
 * its kind for longer, such as in a window.
 */
final class LaterStages {
  /** How long Drools keeps an event that no rule needs for longer: what is at once is inclusive. */
  static final long MILLIS = 1;

  private final List<Kind> kinds = new ArrayList<>();
  private final Map<Class<?>, Test> byFactClass = new ConcurrentHashMap<>();

  /**
   * Creates the recognition for a rule set.
   *
   * @param globals a session in which conditions look up values that are not part of the event
   * @param reader reads the conditions of compiled rules
   */
  LaterStages(InternalKnowledgeBase rules, ValueResolver globals, ConditionReader reader) {
    for (ObjectTypeNode node : rules.getRete().getObjectTypeNodes(EntryPointId.DEFAULT).values()) {
      if (node.getObjectType() instanceof ClassObjectType type) {
        Function<AlphaNodeFieldConstraint, GateCondition> test =
            constraint -> GateCondition.of(constraint, type.getClassType(), globals, reader);
        kinds.add(
            new Kind(
                type.getClassType(),
                node.getExpirationOffset() == MILLIS,
                List.of(testsOf(node.getObjectSinkPropagator().getSinks(), test))));
      }
    }
  }

  private static Test[] testsOf(
      ObjectSink[] sinks, Function<AlphaNodeFieldConstraint, GateCondition> test) {
    List<Test> tests = new ArrayList<>();
    for (ObjectSink sink : sinks) {
      if (sink instanceof AlphaNode alpha) {
        tests.add(
            new Test(
                test.apply(alpha.getConstraint()),
                false,
                testsOf(alpha.getObjectSinkPropagator().getSinks(), test)));
      } else if (!needsAnEarlierFact(sink)) {
        tests.add(Test.ANY);
      }
    }
    return tests.toArray(Test[]::new);
  }

  /** Whether nothing happens at a node if there are no facts but those that come to such nodes. */
  private static boolean needsAnEarlierFact(ObjectSink sink) {
    if (!(sink instanceof RightInputAdapterNode<?> right)) {
      return false;
    }
    LeftTupleSource left = right.getBetaNode().getLeftTupleSource();
    while (left != null && !(left instanceof LeftInputAdapterNode)) {
      if (left instanceof JoinNode join && !join.inputIsTupleToObjectNode()) {
        return true;
      }
      left = left.getLeftTupleSource();
    }
    return left instanceof LeftInputAdapterNode first
        && !first
            .getParentObjectSource()
            .getObjectTypeNode()
            .getObjectType()
            .isAssignableFrom(InitialFactImpl.class);
  }

  /**
   * Whether no rule matches these facts of one record on a host without other facts, and none keeps
   * them for more than {@link #MILLIS}.
   */
  boolean areAll(List<Event> facts) {
    try {
      for (int i = 0; i < facts.size(); i++) {
        Event fact = facts.get(i);
        Class<?> factClass = fact.getClass();
        Test test = byFactClass.get(factClass);
        if (test == null) {
          test = byFactClass.computeIfAbsent(factClass, this::testOf);
        }
        if (test.begins(fact)) {
          return false;
        }
      }
      return true;
    } catch (RuntimeException e) {
      // A condition of some rule threw. Evaluating the record will report it.
      return false;
    }
  }

  private Test testOf(Class<?> factClass) {
    List<Test> tests = new ArrayList<>();
    boolean isKnown = false;
    for (Kind kind : kinds) {
      if (kind.type.isAssignableFrom(factClass)) {
        if (!kind.isForgotten) {
          return Test.ANY;
        }
        isKnown |= kind.type == factClass;
        tests.addAll(kind.tests);
      }
    }
    // How long a kind is kept that no pattern names, only its declaration says.
    return isKnown ? new Test(null, false, tests.toArray(Test[]::new)) : Test.ANY;
  }

  private record Kind(Class<?> type, boolean isForgotten, List<Test> tests) {}

  /** A node of the alpha network with what is behind it. */
  private static final class Test {
    static final Test ANY = new Test(null, true, new Test[0]);

    private final @Nullable GateCondition condition;
    private final boolean isBeginning;
    private final Test[] behind;

    Test(@Nullable GateCondition condition, boolean isBeginning, Test[] behind) {
      this.condition = condition;
      this.isBeginning = isBeginning;
      this.behind = behind;
    }

    /** Whether an event comes to a node at which something may begin. */
    boolean begins(Event event) {
      if (condition != null && !condition.isMet(event)) {
        return false;
      }
      if (isBeginning) {
        return true;
      }
      for (Test test : behind) {
        if (test.begins(event)) {
          return true;
        }
      }
      return false;
    }
  }
}
