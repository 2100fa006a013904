/**
 * The runtime: the gate that rejects irrelevant events, the buffer that puts each host's events in
 * order of time, one Drools session per host, and snapshots of all this.
 *
 * <p>This package is internal to iiswarden and may change in any release. Only {@code Detector},
 * {@code rules} and {@code drl} call it. It knows events and executable models, not rule files,
 * alerts, sinks or formats.
 */
@NullMarked
package dev.iiswarden.engine;

import org.jspecify.annotations.NullMarked;
