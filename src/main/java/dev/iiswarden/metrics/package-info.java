/**
 * The counters of a detector as Micrometer meters. Only this package uses Micrometer, an optional
 * dependency. It calls only {@code dev.iiswarden}; embedders call it.
 */
@NullMarked
package dev.iiswarden.metrics;

import org.jspecify.annotations.NullMarked;
