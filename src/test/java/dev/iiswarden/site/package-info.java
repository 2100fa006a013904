/**
 * The site made of the pages in {@code docs}: a program of its own, run by the profile {@code
 * site}; and the picture of the packages that one of the pages shows.
 */
@NullMarked
package dev.iiswarden.site;

import org.jspecify.annotations.NullMarked;
