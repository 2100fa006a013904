package dev.iiswarden.traces;

/**
 * A number that the rules must keep to.
 *
 * @param today what tests hold the rules to
 * @param goal what the rules ought to keep to; a run prints by how much they miss it
 */
record Limit(int today, int goal) {
  /** A limit that the rules already keep. */
  static Limit of(int goal) {
    return new Limit(goal, goal);
  }
}
