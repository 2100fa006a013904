package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the DLLs that a command line or a script names. A name ends in {@code .dll} and begins
 * after a character that separates words. Inside quotes that begin with a path, or with an option
 * and a path, it begins there and may contain blanks. What {@link ModuleOptions} finds comes first.
 */
final class DllNames {
  /** How many DLLs are reported of one text. */
  static final int MOST = 256;

  private static final String ENDING = ".dll";
  private static final String SEPARATORS = "\"'`=,;[]{}()<>|&\t\r\n ";
  private static final String SIGNS = "-/\u2013\u2014\u2015";

  /** The length of the longest path in Windows ("Maximum Path Length Limitation", Microsoft). */
  static final int LONGEST = 32_767;

  private final String text;
  private final Set<String> names = new LinkedHashSet<>();

  private DllNames(String text) {
    this.text = text;
  }

  static List<String> in(String text) {
    DllNames found = new DllNames(text);
    ModuleOptions.addTo(found.names, text, MOST);
    found.search();
    return new ArrayList<>(found.names);
  }

  private void search() {
    char quote = 0;
    int quoted = -1;
    int last = 0;
    for (int at = 0; at < text.length() && names.size() < MOST; at++) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        boolean closes = quoted >= 0 && quote == c;
        quote = c;
        quoted = closes ? -1 : afterOption(at + 1);
      } else if (quoted >= 0 && (c == ';' || c == ',') && isPathStart(text, at + 1)) {
        quoted = at + 1;
      } else if (c == '.' && isEnding(text, at)) {
        int end = at + ENDING.length();
        int start =
            quoted >= last && at - quoted < LONGEST && isPathStart(text, quoted)
                ? quoted
                : wordStart(text, at, last);
        if (start < at) {
          names.add(name(start, end));
        }
        last = end;
      }
    }
  }

  /** The place after {@code /image:} in {@code "/image:C:\a b\c.dll"}, or the place itself. */
  private int afterOption(int from) {
    if (from >= text.length() || SIGNS.indexOf(text.charAt(from)) < 0) {
      return from;
    }
    int at = from + 1;
    while (at < text.length() && at - from < 64 && isWordCharacter(text.charAt(at))) {
      at++;
    }
    return at < text.length() && (text.charAt(at) == ':' || text.charAt(at) == '=') ? at + 1 : from;
  }

  private static boolean isWordCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
  }

  /** A variable of PowerShell becomes one of the environment, as in other texts. */
  private String name(int start, int end) {
    String prefix = "$env:";
    int before = start - prefix.length();
    boolean isVariable =
        before >= 0 && text.regionMatches(true, before, prefix, 0, prefix.length());
    return withVariable(text.substring(isVariable ? before : start, end));
  }

  /** Returns a path with {@code %name%} instead of {@code $env:name} at its start. */
  static String withVariable(String path) {
    boolean braced = path.regionMatches(true, 0, "${env:", 0, 6);
    if (!braced && !path.regionMatches(true, 0, "$env:", 0, 5)) {
      return path;
    }
    int start = braced ? 6 : 5;
    int end = start;
    while (end < path.length() && "\\/}".indexOf(path.charAt(end)) < 0) {
      end++;
    }
    int rest = braced && path.startsWith("}", end) ? end + 1 : end;
    return "%" + path.substring(start, end) + "%" + path.substring(rest);
  }

  private static boolean isEnding(String text, int at) {
    int end = at + ENDING.length();
    return text.regionMatches(true, at, ENDING, 0, ENDING.length())
        && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
  }

  /** Returns whether a drive, a share or a variable begins here. */
  static boolean isPathStart(String text, int at) {
    return text.startsWith("\\\\", at)
        || text.startsWith("\\??\\", at)
        || text.startsWith("%", at)
        || text.startsWith("$", at)
        || (text.startsWith(":", at + 1) && isDrive(text, at + 1, at));
  }

  private static int wordStart(String text, int end, int from) {
    int lowest = Math.max(from, end - LONGEST);
    int start = end;
    while (start > lowest && SEPARATORS.indexOf(text.charAt(start - 1)) < 0) {
      boolean isColon = text.charAt(start - 1) == ':';
      if (isColon && (!isDrive(text, start - 1, lowest) || isOption(text, start - 2, lowest))) {
        return start;
      }
      start--;
    }
    return start;
  }

  /** Returns whether the letter is an option by itself, as in {@code /x:a.dll}. */
  private static boolean isOption(String text, int letter, int lowest) {
    return letter > lowest
        && SIGNS.indexOf(text.charAt(letter - 1)) >= 0
        && (letter - 1 == lowest || SEPARATORS.indexOf(text.charAt(letter - 2)) >= 0);
  }

  /** Returns whether the letter before the colon stands alone, unlike in {@code /image:}. */
  static boolean isDrive(String text, int colon, int lowest) {
    return colon > lowest
        && Character.isLetter(text.charAt(colon - 1))
        && (colon - 1 == lowest || !Character.isLetterOrDigit(text.charAt(colon - 2)));
  }
}
