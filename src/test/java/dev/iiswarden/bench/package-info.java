/** The benchmark: a program of its own, run by the profile {@code bench}. */
@NullMarked
package dev.iiswarden.bench;

import org.jspecify.annotations.NullMarked;
