package dev.iiswarden.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** The one class that needs Jackson's YAML, for those who have it. */
final class YamlFactories {
  private YamlFactories() {}

  static JsonFactory yaml() {
    return new YAMLFactory();
  }
}
