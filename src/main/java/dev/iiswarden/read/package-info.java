/**
 * Readers split files, streams and messages into records. They find where one record ends and the
 * next begins, and its place in the log. They do not interpret a record; {@code decode} does.
 * {@link dev.iiswarden.read.ParallelReader} lets it do so on several threads. It alone starts
 * threads here.
 *
 * <p>Embedders, {@code decode}, {@code kafka} and {@code cli} call this package. It calls only
 * {@code dev.iiswarden.read.evtx}, which reads EVTX files.
 */
@NullMarked
package dev.iiswarden.read;

import org.jspecify.annotations.NullMarked;
