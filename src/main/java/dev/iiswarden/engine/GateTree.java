package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chains of tests that share their beginnings; an event is admitted if it passes all tests of some
 * chain. Tests that cannot throw may come in any order within a chain. First comes the one that
 * most chains share. Of these, one that wants a text comes before one that excludes some, because
 * most events pass the latter. So most events are rejected by few tests. Immutable and safe for use
 * by several threads.
 */
final class GateTree {
  private static final Comparator<Shared> MOST_SHARED =
      Comparator.<Shared>comparingInt(shared -> -shared.chains)
          .thenComparing(shared -> shared.test.required(), RequiredTexts.MOST_SELECTIVE)
          .thenComparingInt(shared -> shared.test.cost());

  private final Branch[] branches;
  private final boolean admitsAll;

  GateTree(List<List<GateCondition>> chains) {
    admitsAll = chains.stream().anyMatch(List::isEmpty);
    branches = branches(chains);
  }

  /** Whether it admits no event at all. */
  boolean isEmpty() {
    return branches.length == 0 && !admitsAll;
  }

  private static Branch[] branches(List<List<GateCondition>> chains) {
    List<Branch> branches = new ArrayList<>();
    List<List<GateCondition>> rest = new ArrayList<>(chains);
    rest.removeIf(List::isEmpty);
    while (!rest.isEmpty()) {
      GateCondition first = mostShared(rest);
      List<List<GateCondition>> behind = new ArrayList<>();
      rest.removeIf(
          chain -> {
            GateCondition same = find(chain, first.key());
            if (same == null) {
              return false;
            }
            List<GateCondition> others = new ArrayList<>(chain);
            others.remove(same);
            behind.add(others);
            return true;
          });
      branches.add(new Branch(first, behind.stream().anyMatch(List::isEmpty), branches(behind)));
    }
    return branches.toArray(Branch[]::new);
  }

  private static GateCondition mostShared(List<List<GateCondition>> chains) {
    Map<Object, Shared> shared = new LinkedHashMap<>();
    for (List<GateCondition> chain : chains) {
      for (GateCondition test : movable(chain)) {
        shared.computeIfAbsent(test.key(), unused -> new Shared(test)).chains++;
      }
    }
    return shared.values().stream().min(MOST_SHARED).orElseThrow().test;
  }

  /** Returns the test with a key among those that may come first; null if it may not. */
  private static @Nullable GateCondition find(List<GateCondition> chain, Object key) {
    return movable(chain).stream().filter(test -> test.key().equals(key)).findFirst().orElse(null);
  }

  /** Returns the tests of a chain that may come first: it is never empty. */
  private static List<GateCondition> movable(List<GateCondition> chain) {
    int end = 0;
    while (end < chain.size() && chain.get(end).isTotal()) {
      end++;
    }
    return chain.subList(0, Math.max(1, end));
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

  private static final class Shared {
    private final GateCondition test;
    private int chains;

    Shared(GateCondition test) {
      this.test = test;
    }
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

    boolean admits(Event event) {
      return test.isMet(event) && (isLast || anyAdmits(behind, event));
    }
  }
}
