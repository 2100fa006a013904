/**
 * From a log record to facts: the {@link dev.iiswarden.decode.EventDecoder} interface and the
 * decoders that come with iiswarden.
 *
 * <p>Two questions are answered apart. Where a field lies depends on the {@link
 * dev.iiswarden.decode.Shape} of the record: {@code JsonRecords}, {@code XmlRecords} and {@code
 * SplunkRecords} fetch the fields by the {@code Layout} of the shape. What they mean depends on who
 * logged the event: a mapping a provider makes the fact.
 *
 * <p>Calls {@code dev.iiswarden.event} only; called by embedders, by the detector (which counts
 * what was decoded) and by the program.
 */
@NullMarked
package dev.iiswarden.decode;

import org.jspecify.annotations.NullMarked;
