package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chains of tests that share their beginnings; an event is admitted if it passes all tests of some
 * chain. Within a chain, tests that cannot throw come in the order of what they cost, so that most
 * events are rejected by a cheap one. Immutable and safe for use by several threads.
 */
final class GateTree {
  private static final Comparator<GateCondition> CHEAPEST_FIRST =
      Comparator.comparingInt(GateCondition::cost).thenComparing(test -> test.key().toString());

  private final Branch[] branches;
  private final boolean admitsAll;

  GateTree(List<List<GateCondition>> chains) {
    admitsAll = chains.stream().anyMatch(List::isEmpty);
    branches = branches(chains.stream().map(GateTree::ordered).toList());
  }

  /** Orders the tests between those whose order matters. */
  private static List<GateCondition> ordered(List<GateCondition> chain) {
    List<GateCondition> ordered = new ArrayList<>();
    List<GateCondition> run = new ArrayList<>();
    for (GateCondition test : chain) {
      if (test.isTotal()) {
        run.add(test);
      } else {
        run.sort(CHEAPEST_FIRST);
        ordered.addAll(run);
        run.clear();
        ordered.add(test);
      }
    }
    run.sort(CHEAPEST_FIRST);
    ordered.addAll(run);
    return ordered;
  }

  private static Branch[] branches(List<List<GateCondition>> chains) {
    Map<Object, List<List<GateCondition>>> byFirst = new LinkedHashMap<>();
    for (List<GateCondition> chain : chains) {
      if (!chain.isEmpty()) {
        byFirst.computeIfAbsent(chain.get(0).key(), unused -> new ArrayList<>()).add(chain);
      }
    }
    return byFirst.values().stream().map(Branch::of).toArray(Branch[]::new);
  }

  boolean admits(Event event) {
    return admitsAll || anyAdmits(branches, event);
  }

  private static boolean anyAdmits(Branch[] branches, Event event) {
    for (Branch branch : branches) {
      if (branch.admits(event)) {
        return true;
      }
    }
    return false;
  }

  /** A test and what follows it; a chain may end here. */
  private static final class Branch {
    private final GateCondition test;
    private final boolean isLast;
    private final Branch[] behind;

    private Branch(GateCondition test, boolean isLast, Branch[] behind) {
      this.test = test;
      this.isLast = isLast;
      this.behind = behind;
    }

    static Branch of(List<List<GateCondition>> chains) {
      List<List<GateCondition>> rest =
          chains.stream().map(chain -> chain.subList(1, chain.size())).toList();
      return new Branch(
          chains.get(0).get(0), rest.stream().anyMatch(List::isEmpty), branches(rest));
    }

    boolean admits(Event event) {
      return test.isMet(event) && (isLast || anyAdmits(behind, event));
    }
  }
}
