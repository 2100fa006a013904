package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the DLLs that a text names. A name ends in {@code .dll} and begins after a character that
 * separates words in command lines, scripts and configuration. Inside quotes that begin with a
 * path, it begins at the quote and may contain blanks.
 */
final class DllNames {
  private static final String ENDING = ".dll";
  private static final String SEPARATORS = "\"'`=,;[]{}()<>|&\t\r\n ";

  /** The length of the longest path in Windows ("Maximum Path Length Limitation", Microsoft). */
  private static final int LONGEST = 32_767;

  private DllNames() {}

  static List<String> in(String text, int most) {
    List<String> names = new ArrayList<>();
    int quote = -1;
    int nextQuote = nextQuote(text, 0);
    int last = 0;
    for (int at = 0; at < text.length() && names.size() < most; at++) {
      if (at == nextQuote) {
        quote = quote >= 0 && text.charAt(quote) == text.charAt(at) ? -1 : at;
        nextQuote = nextQuote(text, at + 1);
      } else if (text.charAt(at) == '.' && isEnding(text, at)) {
        int end = at + ENDING.length();
        int quoted = quote + 1;
        int start =
            quote >= 0 && quoted >= last && at - quoted < LONGEST && isPathStart(text, quoted)
                ? quoted
                : wordStart(text, at, last);
        if (start < at) {
          names.add(text.substring(start, end));
        }
        last = end;
      }
    }
    return names;
  }

  private static int nextQuote(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\'') {
      at++;
    }
    return at;
  }

  private static boolean isEnding(String text, int at) {
    int end = at + ENDING.length();
    return text.regionMatches(true, at, ENDING, 0, ENDING.length())
        && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
  }

  /** Returns whether a drive, a share or a variable begins here. */
  private static boolean isPathStart(String text, int at) {
    return text.startsWith("\\\\", at)
        || text.startsWith("%", at)
        || (text.startsWith(":", at + 1) && isDrive(text, at + 1, 0));
  }

  private static int wordStart(String text, int end, int from) {
    int lowest = Math.max(from, end - LONGEST);
    int start = end;
    while (start > lowest && SEPARATORS.indexOf(text.charAt(start - 1)) < 0) {
      if (text.charAt(start - 1) == ':' && !isDrive(text, start - 1, lowest)) {
        return start;
      }
      start--;
    }
    return start;
  }

  /** Returns whether the letter before the colon stands alone, unlike in {@code /image:}. */
  private static boolean isDrive(String text, int colon, int lowest) {
    return colon > lowest
        && Character.isLetter(text.charAt(colon - 1))
        && (colon - 1 == lowest || !Character.isLetterOrDigit(text.charAt(colon - 2)));
  }
}
