/**
 * The facts and functions of rules: typed endpoint events in the terms of the Elastic Common
 * Schema, the facts that rules insert, EQL's comparison functions, and functions on Windows paths,
 * command lines and code signatures.
 *
 * <p>A rule file imports only this package. Decoders and embedders build the events. This package
 * calls no other package of iiswarden.
 */
@NullMarked
package dev.iiswarden.event;

import org.jspecify.annotations.NullMarked;
