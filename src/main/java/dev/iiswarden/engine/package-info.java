/**
 * The runtime: the gate that turns away what interests no rule, the buffer that puts each host's
 * events in the order of their time, one Drools session a host, and snapshots of all that.
 *
 * <p>Internal to iiswarden: only {@code Detector} and {@code rules} call it, and it may change in
 * any release. It knows events and compiled rules, not rule files, alerts, sinks or formats.
 */
@NullMarked
package dev.iiswarden.engine;

import org.jspecify.annotations.NullMarked;
