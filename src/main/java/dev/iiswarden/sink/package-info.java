/**
 * Ready-made sinks: JSON Lines, SLF4J and memory, and a queue before any of them. They call {@code
 * dev.iiswarden} only; embedders and the program choose among them.
 */
@NullMarked
package dev.iiswarden.sink;

import org.jspecify.annotations.NullMarked;
