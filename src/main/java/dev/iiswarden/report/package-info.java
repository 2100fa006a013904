/**
 * HTML reports. Each page is one file that needs no network and no other file.
 *
 * <p>Pages treat everything from an event as data, never as markup: they hold it as packed JSON,
 * their script creates text nodes from it, and their content security policy permits no other
 * script. This package calls {@code dev.iiswarden}, {@code alert}, {@code rules}, {@code decode}
 * and {@code event}, and is called by {@code cli}. It needs libraries that an embedder does not
 * have.
 */
@NullMarked
package dev.iiswarden.report;

import org.jspecify.annotations.NullMarked;
