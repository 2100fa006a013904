package dev.iiswarden.cli.print;

import org.jline.utils.WCWidth;

/** Fits text into columns of a terminal, in which some characters take two and some none. */
public final class Fit {
  private static final String ELLIPSIS = "…";

  private Fit() {}

  /** How many columns a text takes. */
  public static int columns(String text) {
    return text.codePoints().map(Fit::columns).sum();
  }

  private static int columns(int c) {
    return Math.max(0, WCWidth.wcwidth(c));
  }

  /** The text, with an ellipsis for its middle if it takes more columns than these. */
  public static String cut(String text, int most) {
    // No character takes more than two columns; most text is known to fit without a look at it.
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

  /** The text, with spaces up to this many columns. */
  public static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - columns(text)));
  }
}
