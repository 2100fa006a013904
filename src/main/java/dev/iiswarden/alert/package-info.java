/**
 * Alerts: what they say, the forms in which they are written, which of them are suppressed
 * (allowlist, repeats, hourly limits), and their way to the sinks.
 *
 * <p>Embedders implement {@link dev.iiswarden.alert.AlertSink} and read {@link
 * dev.iiswarden.alert.Alert}. Calls {@code rules} and {@code event}; it knows nothing of detectors.
 */
@NullMarked
package dev.iiswarden.alert;

import org.jspecify.annotations.NullMarked;
