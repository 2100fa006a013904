/** Tests of the Micrometer meters. */
@NullMarked
package dev.iiswarden.metrics;

import org.jspecify.annotations.NullMarked;
