/**
 * Test scenarios for rules: events on a machine and the alerts that they must raise. Scenarios are
 * stored beside the rules, in YAML or as KIE test scenarios, and run on a real detector.
 *
 * <p>This package calls {@code dev.iiswarden}, {@code alert}, {@code rules} and {@code event}, and
 * is called by {@code cli} and by tests.
 */
@NullMarked
package dev.iiswarden.scenario;

import org.jspecify.annotations.NullMarked;
