/**
 * The generator of the site from the pages in {@code docs}, a program that the profile {@code site}
 * runs, and the diagram of the packages that one of the pages shows.
 */
@NullMarked
package dev.iiswarden.site;

import org.jspecify.annotations.NullMarked;
