package dev.iiswarden.shapes;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A form in which a collector writes a log. */
interface Form {
  /** Writes these events in this form. */
  byte[] log(List<Logged> events);

  /**
   * Whether the form has the data of the event of IIS-Configuration. Its text names the setting but
   * not the new value, so forms that pass on only texts have lost it.
   */
  boolean namesTheSetting();

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
