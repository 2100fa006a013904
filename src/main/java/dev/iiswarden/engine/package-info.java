/**
 * The runtime: the gate that rejects irrelevant events, the buffer that puts each host's events in
 * order of time, one Drools session per host, and snapshots of all this.
 *
 * <p>This package is internal to iiswarden and may change in any release. Only {@code Detector} and
 * {@code rules} call it. It knows events and compiled rules, not rule files, alerts, sinks or
 * formats.
 */
@NullMarked
package dev.iiswarden.engine;

import org.jspecify.annotations.NullMarked;
