/**
 * iiswarden: what an embedding application imports.
 *
 * <p>A {@link dev.iiswarden.Detector} takes events, holds them against {@link dev.iiswarden.Rules}
 * and hands each {@link dev.iiswarden.Alert} to an {@link dev.iiswarden.AlertSink}:
 *
 * <pre>
 *   log line ──▶ decode.EventDecoder ──▶ event.Event ──▶ Detector ──▶ engine: gate ──▶ (no rule cares: gone)
 *                any shape               typed fact      striped        │ some rule cares
 *                                                        by host        ▼
 *                               AlertSink ◀── Alert ◀── engine: the host's buffer, then its Drools session
 * </pre>
 *
 * <p>Calls {@code decode}, {@code engine} and {@code event}; called by {@code sink}, {@code
 * metrics}, {@code scenario}, {@code kafka} and {@code cli}.
 */
@NullMarked
package dev.iiswarden;

import org.jspecify.annotations.NullMarked;
