/** Fixtures and models that several tests and the benchmark share. */
@NullMarked
package dev.iiswarden.testing;

import org.jspecify.annotations.NullMarked;
