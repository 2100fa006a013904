/**
 * The program. It calls every other package, and none calls it. The libraries that it needs beyond
 * the core's are optional dependencies, which embedding applications never see.
 */
@NullMarked
package dev.iiswarden.cli;

import org.jspecify.annotations.NullMarked;
