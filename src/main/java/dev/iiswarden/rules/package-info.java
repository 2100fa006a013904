/**
 * Rules: from a directory to a rule set that a detector can run, with what goes with it (metadata,
 * signatures, explanations, the compiling of trusted rules).
 *
 * <p>Embedders need {@link dev.iiswarden.rules.Rules}, {@link dev.iiswarden.rules.RulesDirectory}
 * and {@link dev.iiswarden.rules.Rule}. Calls {@code drl}, {@code engine}, {@code decode} and
 * {@code event}; it knows nothing of alerts and of detectors.
 */
@NullMarked
package dev.iiswarden.rules;

import org.jspecify.annotations.NullMarked;
