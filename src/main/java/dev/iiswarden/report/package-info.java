/**
 * Pages for people: one HTML file each, that needs no network and no other file.
 *
 * <p>Whatever comes from an event is data to these pages, never markup: it lies in them as packed
 * JSON, their script makes text nodes of it, and their content security policy lets no other script
 * run. Calls {@code dev.iiswarden}, {@code decode}, {@code event} and {@code text}; called by
 * {@code cli}, and it takes libraries that an embedder does not have.
 */
@NullMarked
package dev.iiswarden.report;

import org.jspecify.annotations.NullMarked;
