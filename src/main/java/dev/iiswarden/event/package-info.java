/**
 * The facts a rule speaks of: typed endpoint events in the terms of the Elastic Common Schema, the
 * pending sequence and the detection that rules insert, EQL's comparison functions, and those that
 * compare Windows paths in any spelling.
 *
 * <p>A rule file imports this package and nothing else. Decoders and embedders build the events;
 * nothing here calls another package of iiswarden.
 */
@NullMarked
package dev.iiswarden.event;

import org.jspecify.annotations.NullMarked;
