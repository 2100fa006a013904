/**
 * Rules: from rule files to a rule set that a detector can run, with what goes with them (parsing,
 * the guard against code in rules, compiling, lint, signatures, explanations).
 *
 * <p>Embedders need {@link dev.iiswarden.rules.Rules}, {@link dev.iiswarden.rules.RulesDirectory}
 * and {@link dev.iiswarden.rules.Rule}. Calls {@code engine}, {@code decode} and {@code event}; it
 * knows nothing of alerts and of detectors.
 */
@NullMarked
package dev.iiswarden.rules;

import org.jspecify.annotations.NullMarked;
