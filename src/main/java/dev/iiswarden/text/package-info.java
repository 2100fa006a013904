/**
 * Words for people: what an event says, and help with what they write. Calls {@code event}; called
 * by {@code engine}, {@code scenario}, {@code report} and {@code cli}.
 */
@NullMarked
package dev.iiswarden.text;

import org.jspecify.annotations.NullMarked;
