/**
 * From a log line to facts: the {@link dev.iiswarden.decode.EventDecoder} interface and the
 * decoders that come with iiswarden, one mapping a shape of input.
 *
 * <p>Calls {@code dev.iiswarden.event} only; called by embedders, by the detector (which counts
 * what was decoded) and by the program.
 */
@NullMarked
package dev.iiswarden.decode;

import org.jspecify.annotations.NullMarked;
