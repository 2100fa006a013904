/**
 * iiswarden: what an embedding application starts with.
 *
 * <p>A {@link dev.iiswarden.Detector} takes events, holds them against {@link
 * dev.iiswarden.rules.Rules} and hands each {@link dev.iiswarden.alert.Alert} to an {@link
 * dev.iiswarden.alert.AlertSink}:
 *
 * <pre>
 *   log ──▶ read.LogReader ──▶ decode.EventDecoder ──▶ event.Event ──▶ Detector ──▶ engine: gate ──▶ (no rule cares: gone)
 *                              any shape               typed fact      striped        │ some rule cares
 *                                                                      by host        ▼
 *                              alert.AlertSink ◀── alert.Alert ◀── engine: the host's buffer, then its Drools session
 * </pre>
 *
 * <p>This package holds what runs a detector: counters, state on disk or in a store, and the
 * watches that reload rules and allowlists. Calls {@code alert}, {@code rules}, {@code engine},
 * {@code decode} and {@code event}; called by {@code metrics}, {@code scenario}, {@code kafka},
 * {@code report} and {@code cli}.
 */
@NullMarked
package dev.iiswarden;

import org.jspecify.annotations.NullMarked;
