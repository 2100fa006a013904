/**
 * The program's output: alerts as cards, tables, lines or JSON, explanations, the progress bar, and
 * the properties of the terminal.
 *
 * <p>This package is internal to the program; only {@code cli} calls it.
 */
@NullMarked
package dev.iiswarden.cli.print;

import org.jspecify.annotations.NullMarked;
