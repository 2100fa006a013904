package dev.iiswarden.engine;

import java.time.Duration;

/**
 * The settings and logs that all hosts of an engine share.
 *
 * @param lateness how far an event may trail its host's clock and still be put in order
 * @param ceilings the limits on what is held
 * @param flood records that a ceiling was reached
 * @param failures records the exceptions of rules
 * @param budgets what each rule may do to one record
 * @param overBudget records that a rule exceeded its budget
 */
record HostContext(
    Duration lateness,
    Ceilings ceilings,
    FloodLog flood,
    RuleFailureLog failures,
    Budgets budgets,
    BudgetLog overBudget) {}
