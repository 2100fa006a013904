/**
 * Inventories of what IIS is configured to load: from configuration files to components, what is
 * unusual about each, and what is new since an earlier inventory, as the facts that rules know from
 * the log of the configuration. It calls only {@code event}. Embedders and the program call it.
 */
@NullMarked
package dev.iiswarden.inventory;

import org.jspecify.annotations.NullMarked;
