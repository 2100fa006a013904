/**
 * iiswarden's entry points for an embedding application.
 *
 * <p>A {@link dev.iiswarden.Detector} takes events, evaluates {@link dev.iiswarden.rules.Rules} on
 * them and hands each {@link dev.iiswarden.alert.Alert} to an {@link
 * dev.iiswarden.alert.AlertSink}:
 *
 * <pre>
 *   log ──▶ read.LogReader ──▶ decode.EventDecoder ──▶ event.Event ──▶ Detector ──▶ engine: gate ──▶ (not relevant: dropped)
 *                              any shape               typed fact      striped        │ relevant
 *                                                                      by host        ▼
 *                              alert.AlertSink ◀── alert.Alert ◀── engine: the host's buffer, then its Drools session
 * </pre>
 *
 * <p>This package also holds what a detector needs in operation: counters, state on disk or in a
 * store, and watches that reload rules and allowlists. It calls {@code alert}, {@code rules},
 * {@code engine}, {@code decode} and {@code event}, and is called by {@code metrics}, {@code
 * scenario}, {@code kafka}, {@code report} and {@code cli}.
 */
@NullMarked
package dev.iiswarden;

import org.jspecify.annotations.NullMarked;
