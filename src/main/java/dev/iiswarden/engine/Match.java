package dev.iiswarden.engine;

import dev.iiswarden.event.Detection;

/**
 * A rule has matched.
 *
 * @param rules the rule set it is of
 * @param ruleName its name
 * @param detection what it inserted
 */
public record Match(RuleBase rules, String ruleName, Detection detection) {}
