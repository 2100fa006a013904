/** Tests that read one intrusion in the forms of many collectors. */
@NullMarked
package dev.iiswarden.shapes;

import org.jspecify.annotations.NullMarked;
