/**
 * Ready-made sinks: JSON Lines, SLF4J and memory, and a queue for any sink. They call only {@code
 * alert} and {@code rules}. Embedders and the program choose among them.
 */
@NullMarked
package dev.iiswarden.sink;

import org.jspecify.annotations.NullMarked;
