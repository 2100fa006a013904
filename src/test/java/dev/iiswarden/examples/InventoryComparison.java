package dev.iiswarden.examples;

import dev.iiswarden.Detector;
import dev.iiswarden.inventory.Inventory;
import dev.iiswarden.inventory.InventoryException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Configuration files that a collector sends as records. */
final class InventoryComparison {
  private InventoryComparison() {}

  // @start region=inventory
  /**
   * Takes an {@code applicationHost.config} that a collector has sent, and returns its inventory.
   * The application keeps the inventory until the next one of the host comes.
   */
  static Inventory take(
      String host, Instant collected, String content, Inventory earlier, Detector detector)
      throws InventoryException {
    byte[] utf8 = content.getBytes(StandardCharsets.UTF_8);
    Inventory inventory =
        Inventory.of(host, collected, Inventory.components("applicationHost.config", utf8));
    inventory.since(earlier).forEach(detector::accept);
    return inventory;
  }
  // @end
}
