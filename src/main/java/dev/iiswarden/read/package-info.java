/**
 * From files, streams and messages to records: where one record ends and the next begins, and where
 * in the log it is. What a record says is the business of {@code decode}.
 *
 * <p>For embedders as well as for {@code decode}, {@code kafka} and {@code cli}. Calls no other
 * package of iiswarden.
 */
@NullMarked
package dev.iiswarden.read;

import org.jspecify.annotations.NullMarked;
