/**
 * What the program shows: alerts as cards, tables, lines or JSON, explanations, the progress bar,
 * and what terminals can do.
 *
 * <p>Internal to the program: called by {@code cli} only.
 */
@NullMarked
package dev.iiswarden.cli.print;

import org.jspecify.annotations.NullMarked;
