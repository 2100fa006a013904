package dev.iiswarden.engine;

import dev.iiswarden.event.Detection;

/**
 * A rule has matched.
 *
 * @param ruleName the name after {@code rule}
 * @param detection what it said
 */
public record Match(String ruleName, Detection detection) {}
