/**
 * Decoders turn a log record into facts: the {@link dev.iiswarden.decode.EventDecoder} interface
 * and the decoders that come with iiswarden.
 *
 * <p>Decoding has two steps. Where a field lies depends on the {@link dev.iiswarden.decode.Shape}
 * of the record: {@code JsonRecords}, {@code XmlRecords} and {@code SplunkRecords} read the fields
 * by the {@code Layout} of the shape. What the fields mean depends on the provider that logged the
 * event: one mapping per provider creates the fact.
 *
 * <p>JSON records are read in one of three ways, which agree on every record. {@code
 * RecordTemplates} compares a record with an earlier one of the same structure and reads what
 * differs. {@code PlainJson} reads the first record of a structure. Jackson reads what these two
 * decline, and reports what is wrong with a damaged record.
 *
 * <p>This package calls only {@code dev.iiswarden.event} and {@code dev.iiswarden.read}. Embedders,
 * the detector (which counts decoded records), {@code rules}, {@code scenario}, {@code report},
 * {@code kafka} and the program call it.
 */
@NullMarked
package dev.iiswarden.decode;

import org.jspecify.annotations.NullMarked;
