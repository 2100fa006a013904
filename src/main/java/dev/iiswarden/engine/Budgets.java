package dev.iiswarden.engine;

/**
 * How much each rule may do to one record of one host. Past one of these limits, the rule has no
 * say on that record; what it has open is kept, and it takes part again from the next record on.
 * Create them by changing {@link #DEFAULT}. Immutable and safe for use by several threads.
 *
 * @param tuples how many tuples of facts it may try to join; twenty times the facts that a host may
 *     have by default, so a sequence of two stages never reaches it
 * @param inserted how many facts it may insert, detections included
 * @param rounds how many times it may fire on facts that it has led to itself
 */
public record Budgets(int tuples, int inserted, int rounds) {
  /** The default limits. */
  public static final Budgets DEFAULT = new Budgets(20_000, 1_000, 10);

  /** When a session is reopened, its facts are joined at once that came one by one. */
  private static final int FACTOR_OF_REOPENING = 25;

  /** Returns how many tuples a rule may try to join when a session is reopened. */
  int tuplesOfReopening() {
    return tuples * FACTOR_OF_REOPENING;
  }
}
