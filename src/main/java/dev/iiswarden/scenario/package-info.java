/**
 * Test scenarios for rules: what happened on a machine, and which alerts shall come of it. Written
 * beside the rules, in YAML or as KIE test scenarios, played on a real detector.
 *
 * <p>Calls {@code dev.iiswarden}, {@code decode} and {@code event}; called by {@code cli} and by
 * tests.
 */
@NullMarked
package dev.iiswarden.scenario;

import org.jspecify.annotations.NullMarked;
