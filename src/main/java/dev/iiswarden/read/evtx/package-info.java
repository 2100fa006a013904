/**
 * A reader of EVTX files, the binary logs of Windows since Vista. It renders each record as JSON in
 * the layout of {@code evtx_dump}, because JSON can hold every character of an event, and the
 * decoders read it fastest.
 *
 * <p>A file is a header and chunks of 64 KiB, which are read one at a time: {@code Chunk} holds the
 * bytes of one, {@code RecordWalk} finds its records. The content of a record is binary XML, mostly
 * an instance of a template that lies in the same chunk: {@code BinXmlParser} turns the template
 * into a tree of {@code Element}s once a chunk, {@code TemplateCache} keeps it, and {@code
 * RecordRenderer} writes the tree with the values of each record.
 *
 * <p>The format is described in the libevtx documentation, "Windows XML Event Log (EVTX) format",
 * and the binary XML in [MS-EVEN6], section 2.2.12.
 *
 * <p>Embedders and {@code dev.iiswarden.read} call this package. It calls no other package of
 * iiswarden.
 */
@NullMarked
package dev.iiswarden.read.evtx;

import org.jspecify.annotations.NullMarked;
