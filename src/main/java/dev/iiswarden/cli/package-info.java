/**
 * The program. Calls everything, is called by nothing; the libraries it needs beside the core's are
 * optional dependencies that an embedder never sees.
 */
@NullMarked
package dev.iiswarden.cli;

import org.jspecify.annotations.NullMarked;
