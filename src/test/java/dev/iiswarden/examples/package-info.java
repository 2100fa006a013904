/**
 * Example applications that embed iiswarden. {@code docs/embedding.md} shows regions of these
 * sources. The test beside each application runs it.
 */
@NullMarked
package dev.iiswarden.examples;

import org.jspecify.annotations.NullMarked;
