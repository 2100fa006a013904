/**
 * What the bundled rules raise on whole courses of events: traces of intrusions, traces of ordinary
 * administration, and generated weeks of administration with and without an intrusion in them.
 */
@NullMarked
package dev.iiswarden.traces;

import org.jspecify.annotations.NullMarked;
