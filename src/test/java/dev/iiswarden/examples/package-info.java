/**
 * Applications that embed iiswarden, as the embedding guide shows them: what stands in {@code
 * docs/embedding.md} are the regions of these sources. Each is run by the test beside it.
 */
@NullMarked
package dev.iiswarden.examples;

import org.jspecify.annotations.NullMarked;
