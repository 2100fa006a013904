/** Fixtures and models shared by tests and the benchmark. */
@NullMarked
package dev.iiswarden.testing;

import org.jspecify.annotations.NullMarked;
