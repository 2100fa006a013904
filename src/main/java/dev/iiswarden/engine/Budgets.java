package dev.iiswarden.engine;

/**
 * How much each rule may do to one record of one host. Past one of these limits, the rule has no
 * say on that record; what it has open is kept, and it takes part again from the next record on. An
 * intruder cannot use the limits to silence a sequence: with as many facts as a host may have, one
 * of two stages tries one tuple for each, and inserts at most one detection for each. Immutable and
 * safe for use by several threads.
 *
 * @param tuples how many tuples of facts it may try to join, also when a session is reopened
 * @param inserted how many facts it may insert, detections included
 * @param rounds how many times it may fire on facts that it has led to itself
 */
public record Budgets(int tuples, int inserted, int rounds) {
  private static final int TUPLES_PER_FACT = 10;
  private static final int ROUNDS = 10;

  /** Returns the limits for hosts with at most the given number of facts. */
  public static Budgets forFactsPerHost(int most) {
    int facts = Math.max(most, Ceilings.DEFAULT.factsPerHost());
    return new Budgets(
        (int) Math.min(Integer.MAX_VALUE, (long) facts * TUPLES_PER_FACT), facts, ROUNDS);
  }
}
