/**
 * Alerts: their content, the formats in which they are written, their suppression (allowlist,
 * repeats, hourly limits) and their delivery to sinks.
 *
 * <p>Embedders implement {@link dev.iiswarden.alert.AlertSink} and read {@link
 * dev.iiswarden.alert.Alert}. This package calls {@code rules} and {@code event}; it does not
 * depend on detectors.
 */
@NullMarked
package dev.iiswarden.alert;

import org.jspecify.annotations.NullMarked;
