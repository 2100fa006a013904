package dev.iiswarden.drl;

import java.util.List;

/**
 * A variable of a rule: a fact, or a field of a fact that a binding names.
 *
 * @param fact the fact
 * @param path the fields to follow from the fact; empty for the fact itself
 * @param type the type of the value
 */
record Variable(BoundFact fact, List<String> path, ValueType type) {}
