package dev.iiswarden.engine;

import dev.iiswarden.event.Detection;
import org.jspecify.annotations.Nullable;

/**
 * A match of a rule, created by the engine. Immutable and safe for use by several threads.
 *
 * @param rules the rule set that contains the rule
 * @param ruleName the rule's name
 * @param detection the detection that the rule inserted; or the record, if the rule exceeded its
 *     budget on it
 * @param overBudget how the rule exceeded its {@link Budget} on the record; null for a match
 */
public record Match(
    RuleBase rules, String ruleName, Detection detection, @Nullable String overBudget) {}
