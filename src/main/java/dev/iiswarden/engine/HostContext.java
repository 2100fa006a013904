package dev.iiswarden.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/**
 * The settings and logs that all hosts of an engine share, and the sessions that those of a stripe
 * share.
 *
 * @param lateness how far an event may trail its host's clock and still be put in order
 * @param leap how far ahead of its host's clock an event is believed without a second one
 * @param arrivals tells when an event arrives
 * @param refutedLeaps counts the events whose time was refuted, see {@link EventClock}
 * @param ceilings the limits on what is held
 * @param flood records that a ceiling was reached
 * @param failures records the exceptions of rules
 * @param budgets what each rule may do to one record
 * @param overBudget records that a rule exceeded its budget
 * @param spares the sessions that are free, for one thread at a time
 */
record HostContext(
    Duration lateness,
    Duration leap,
    InstantSource arrivals,
    LongAdder refutedLeaps,
    Ceilings ceilings,
    FloodLog flood,
    RuleFailureLog failures,
    Budgets budgets,
    BudgetLog overBudget,
    SpareSessions spares) {

  /** Creates the settings of one stripe. */
  HostContext(
      Duration lateness,
      Duration leap,
      InstantSource arrivals,
      LongAdder refutedLeaps,
      Ceilings ceilings,
      FloodLog flood,
      RuleFailureLog failures,
      Budgets budgets,
      BudgetLog overBudget) {
    this(
        lateness,
        leap,
        arrivals,
        refutedLeaps,
        ceilings,
        flood,
        failures,
        budgets,
        overBudget,
        new SpareSessions());
  }

  /** Returns the same settings for another stripe. */
  HostContext ofAnotherStripe() {
    return new HostContext(
        lateness, leap, arrivals, refutedLeaps, ceilings, flood, failures, budgets, overBudget);
  }
}
