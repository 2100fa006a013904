/** Help with what people write. Calls nothing; called by {@code engine} and {@code scenario}. */
@NullMarked
package dev.iiswarden.text;

import org.jspecify.annotations.NullMarked;
