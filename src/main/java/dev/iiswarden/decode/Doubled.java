package dev.iiswarden.decode;

/** Backslashes that a collector has escaped once too often, as Wazuh does. */
final class Doubled {
  private Doubled() {}

  /**
   * Returns the text with every pair of backslashes as one, unless some backslash stands alone:
   * then none was doubled.
   */
  static String undone(String text) {
    int at = text.indexOf('\\');
    if (at < 0) {
      return text;
    }
    StringBuilder undone = new StringBuilder(text.length());
    int from = 0;
    while (at >= 0) {
      if (at + 1 >= text.length() || text.charAt(at + 1) != '\\') {
        return text;
      }
      undone.append(text, from, at + 1);
      from = at + 2;
      at = text.indexOf('\\', from);
    }
    return undone.append(text, from, text.length()).toString();
  }
}
