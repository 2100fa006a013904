package dev.iiswarden.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a run.
 *
 * @param problems empty if the run was right
 * @param explained how many differences the design accounts for
 * @param trace what happened, to compare two runs of one seed
 */
record Verdict(List<String> problems, int explained, List<String> trace) {
  boolean isRight() {
    return problems.isEmpty();
  }

  /** Collects the problems of a run. */
  static final class Builder {
    private final List<String> problems = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private int explained;

    void problem(String problem) {
      problems.add(problem);
      trace.add("PROBLEM " + problem);
    }

    void check(boolean holds, String otherwise) {
      if (!holds) {
        problem(otherwise);
      }
    }

    void equal(String what, long expected, long actual) {
      check(expected == actual, what + " is " + actual + " instead of " + expected);
    }

    void explained(String what) {
      explained++;
      trace.add("explained: " + what);
    }

    void trace(String event) {
      trace.add(event);
    }

    Verdict build() {
      return new Verdict(List.copyOf(problems), explained, List.copyOf(trace));
    }
  }
}
