package dev.iiswarden.cli.print;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Escapes text for a terminal. An attacker may control events and file names, so no control
 * character may reach the terminal. Safe for use by several threads.
 */
public final class Printable {
  private Printable() {}

  /**
   * Returns the text with control and format characters as Unicode escapes; a question mark for
   * null.
   */
  public static String of(@Nullable String text) {
    if (text == null) {
      return "?";
    }
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isPrintable(c)) {
                printable.appendCodePoint(c);
              } else {
                printable.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    return printable.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
