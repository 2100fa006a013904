/**
 * The machinery: rule bases built from DRL, the gate that turns away what no rule cares for, and
 * one Drools session a host with the event-time buffer in front of it.
 *
 * <p>Internal to iiswarden: only {@code dev.iiswarden.Detector} and {@code dev.iiswarden.Rules}
 * call it, and it may change in any release. It knows events and rules, not alerts, sinks or
 * formats.
 */
@NullMarked
package dev.iiswarden.engine;

import org.jspecify.annotations.NullMarked;
