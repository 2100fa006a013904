package dev.iiswarden.engine;

import dev.iiswarden.event.Detection;

/**
 * A match of a rule, created by the engine. Immutable and safe for use by several threads.
 *
 * @param rules the rule set that contains the rule
 * @param ruleName the rule's name
 * @param detection the detection that the rule inserted
 */
public record Match(RuleBase rules, String ruleName, Detection detection) {}
