package dev.iiswarden.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The configuration of the samples, and such with planted elements. */
final class Configurations {
  static final String FILE = "applicationHost.config";

  private Configurations() {}

  /** That of the samples before the intrusion. */
  static String clean() {
    try {
      return Files.readString(Path.of("src", "samples", "web01.applicationHost.before.config"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A configuration with these elements in {@code system.webServer}. */
  static String webServer(String elements) {
    return "<configuration><system.webServer>" + elements + "</system.webServer></configuration>";
  }

  static String nativeModule(String name, String image) {
    return webServer(
        "<globalModules><add name=\"" + name + "\" image=\"" + image + "\" /></globalModules>");
  }

  static List<Component> read(String xml) throws InventoryException {
    return Inventory.components(FILE, xml.getBytes(StandardCharsets.UTF_8));
  }

  /** The only component of a configuration. */
  static Component only(String xml) throws InventoryException {
    List<Component> components = read(xml);
    if (components.size() != 1) {
      throw new AssertionError("not one component: " + components);
    }
    return components.get(0);
  }
}
