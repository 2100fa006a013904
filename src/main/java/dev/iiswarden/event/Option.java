package dev.iiswarden.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one argument as an option, {@code /name:value}, or as the attributes that {@code
 * appcmd.exe} takes in brackets, {@code /+[name='value',...]}.
 */
final class Option {
  /** The hyphen, the slash and the dashes that programs accept for them, as in Sigma's windash. */
  static final String SIGNS = "-/\u2013\u2014\u2015";

  private static final int MOST_SIGNS = 2;

  private Option() {}

  static boolean isOption(String argument) {
    return signs(argument) > 0;
  }

  static boolean isAnyOf(String argument, String... options) {
    int start = signs(argument);
    return start > 0 && isAnyOf(argument, start, nameEnd(argument, start), options);
  }

  /** Adds the values of these options that the argument, with the next one, has. */
  static void addValues(
      List<String> values, String argument, @Nullable String next, String... options) {
    int bracket = argument.indexOf('[');
    int start = signs(argument);
    int end = nameEnd(argument, start);
    if (bracket >= 0 && bracket < end) {
      addAttributes(values, argument, bracket, options);
    } else if (start > 0 && isAnyOf(argument, start, end, options)) {
      if (end < argument.length()) {
        values.add(argument.substring(end + 1));
      } else if (next != null && !isOption(next)) {
        values.add(next);
      }
    }
  }

  /** The end of the name: the place of the sign between it and the value, or of the end. */
  private static int nameEnd(String argument, int start) {
    int end = start;
    while (end < argument.length() && argument.charAt(end) != ':' && argument.charAt(end) != '=') {
      end++;
    }
    return end;
  }

  private static boolean isAnyOf(String text, int start, int end, String... options) {
    for (String option : options) {
      int from = signs(option);
      int length = option.length() - from;
      if (length > 0
          && length == end - start
          && text.regionMatches(true, start, option, from, length)) {
        return true;
      }
    }
    return false;
  }

  private static int signs(String argument) {
    int count = 0;
    while (count < Math.min(argument.length(), MOST_SIGNS)
        && SIGNS.indexOf(argument.charAt(count)) >= 0) {
      count++;
    }
    return count;
  }

  private static void addAttributes(
      List<String> values, String argument, int bracket, String... options) {
    int at = bracket;
    boolean inside = false;
    while (at < argument.length()) {
      char c = argument.charAt(at);
      if (c == '[' || c == ']') {
        inside = c == '[';
        at++;
      } else if (!Character.isLetterOrDigit(c)) {
        at++;
      } else {
        int end = at;
        while (end < argument.length() && isNameCharacter(argument.charAt(end))) {
          end++;
        }
        boolean hasValue = end < argument.length() && argument.charAt(end) == (inside ? '=' : ':');
        int valueEnd = hasValue ? valueEnd(argument, end + 1, inside) : end;
        if (hasValue && isAnyOf(argument, at, end, options)) {
          values.add(unquoted(argument.substring(end + 1, valueEnd)));
        }
        at = valueEnd;
      }
    }
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  private static int valueEnd(String argument, int start, boolean inside) {
    if (!inside) {
      return argument.length();
    }
    char quote = start < argument.length() ? argument.charAt(start) : 0;
    boolean isQuoted = quote == '\'' || quote == '"';
    int end = isQuoted ? argument.indexOf(quote, start + 1) : start;
    if (isQuoted) {
      return end < 0 ? argument.length() : end + 1;
    }
    while (end < argument.length() && argument.charAt(end) != ',' && argument.charAt(end) != ']') {
      end++;
    }
    return end;
  }

  private static String unquoted(String value) {
    if (value.isEmpty() || (value.charAt(0) != '\'' && value.charAt(0) != '"')) {
      return value;
    }
    boolean closed = value.length() > 1 && value.charAt(value.length() - 1) == value.charAt(0);
    return value.substring(1, closed ? value.length() - 1 : value.length());
  }
}
