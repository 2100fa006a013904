package dev.iiswarden.cli.print;

import org.jline.utils.WCWidth;

/**
 * Fits text into the columns of a terminal, where some characters take two columns and some none.
 * Safe for use by several threads.
 */
public final class Fit {
  private static final String ELLIPSIS = "…";

  private Fit() {}

  /** Returns the number of columns of a text. */
  public static int columns(String text) {
    return text.codePoints().map(Fit::columns).sum();
  }

  private static int columns(int c) {
    return Math.max(0, WCWidth.wcwidth(c));
  }

  /**
   * Returns the text, with an ellipsis in place of its middle if it takes more columns than {@code
   * most}.
   */
  public static String cut(String text, int most) {
    // No character takes more than two columns, so most text fits without being measured.
    if (text.length() <= most / 2 || columns(text) <= most) {
      return text;
    }
    int left = Math.max(most - 1, 0);
    return beginning(text, (left + 1) / 2) + ELLIPSIS + ending(text, left / 2);
  }

  private static String beginning(String text, int most) {
    int end = 0;
    int columns = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      columns += columns(c);
      if (columns > most) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end);
  }

  private static String ending(String text, int most) {
    int start = text.length();
    int columns = 0;
    while (start > 0) {
      int c = text.codePointBefore(start);
      columns += columns(c);
      if (columns > most) {
        break;
      }
      start -= Character.charCount(c);
    }
    return text.substring(start);
  }

  /** Returns the text, padded with spaces to this many columns. */
  public static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - columns(text)));
  }
}
