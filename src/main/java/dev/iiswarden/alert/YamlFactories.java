package dev.iiswarden.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** The only class of this package that needs Jackson's YAML module, which is optional. */
final class YamlFactories {
  private YamlFactories() {}

  static JsonFactory yaml() {
    return new YAMLFactory();
  }
}
