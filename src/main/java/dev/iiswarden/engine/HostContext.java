package dev.iiswarden.engine;

import java.time.Duration;

/**
 * What all hosts of an engine have in common.
 *
 * @param lateness how far behind its host's clock an event may arrive and still be put in order
 * @param ceilings how much may be held
 * @param flood is told when a ceiling is reached
 * @param failures is told what a rule threw
 */
record HostContext(Duration lateness, Ceilings ceilings, FloodLog flood, RuleFailureLog failures) {}
