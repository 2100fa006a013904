package dev.iiswarden.inventory;

import org.jspecify.annotations.Nullable;

/**
 * A component that an earlier inventory of the host did not have like this. Immutable.
 *
 * @param component the component as it is now
 * @param oldValue the value that it had; null if it is new
 */
public record Change(Component component, @Nullable String oldValue) {}
