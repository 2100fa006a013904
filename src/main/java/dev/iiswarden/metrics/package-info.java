/**
 * What a detector has seen and holds, as Micrometer meters. The only package that knows Micrometer,
 * an optional dependency; it calls {@code dev.iiswarden} only, and embedders call it.
 */
@NullMarked
package dev.iiswarden.metrics;

import org.jspecify.annotations.NullMarked;
