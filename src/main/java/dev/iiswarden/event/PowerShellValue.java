package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A constant of a PowerShell script: a text, a number or a list of them. Operations may change and
 * return the value itself, so that a long chain of them takes linear time. Not safe for use by
 * several threads.
 */
final class PowerShellValue {
  private static final Pattern PLACE = Pattern.compile("\\{(\\d{1,4})(?:[,:][^{}]{0,16})?\\}");
  private static final String OPERATORS_OF_EXPRESSIONS = "\\^$.|?*+()[]{}";

  private final List<StringBuilder> texts = new ArrayList<>();
  private boolean isNumber;

  private PowerShellValue() {}

  static PowerShellValue of(String text) {
    PowerShellValue value = new PowerShellValue();
    value.texts.add(new StringBuilder(text));
    return value;
  }

  /** Returns an integer, decimal or hexadecimal; null if the word is none. */
  static @Nullable PowerShellValue ofNumber(String word) {
    boolean isHexadecimal = word.regionMatches(true, 0, "0x", 0, 2);
    int start = isHexadecimal ? 2 : 0;
    if (word.length() == start || word.length() > start + 9) {
      return null;
    }
    for (int i = start; i < word.length(); i++) {
      if (Character.digit(word.charAt(i), isHexadecimal ? 16 : 10) < 0 || word.charAt(i) > 'z') {
        return null;
      }
    }
    long number = Long.parseLong(word.substring(start), isHexadecimal ? 16 : 10);
    PowerShellValue value = of(Long.toString(number));
    value.isNumber = true;
    return value;
  }

  /** The text or number; null for a list of several. */
  @Nullable String single() {
    return texts.size() == 1 ? texts.get(0).toString() : null;
  }

  int length() {
    int length = 0;
    for (StringBuilder text : texts) {
      length += text.length() + 1;
    }
    return length;
  }

  void writeTo(StringBuilder out) {
    for (int i = 0; i < texts.size(); i++) {
      out.append(i == 0 ? "" : ",");
      if (isNumber) {
        out.append(texts.get(i));
      } else {
        out.append('\'').append(texts.get(i)).append('\'');
      }
    }
  }

  PowerShellValue and(PowerShellValue other) {
    texts.addAll(other.texts);
    isNumber &= other.isNumber;
    return this;
  }

  PowerShellValue plus(PowerShellValue other) {
    if (texts.size() > 1) {
      return and(other);
    }
    if (isNumber && other.isNumber && other.texts.size() == 1) {
      long sum =
          Long.parseLong(texts.get(0).toString()) + Long.parseLong(other.texts.get(0).toString());
      texts.set(0, new StringBuilder(Long.toString(sum)));
      return this;
    }
    for (int i = 0; i < other.texts.size(); i++) {
      texts.get(0).append(i == 0 ? "" : " ").append(other.texts.get(i));
    }
    isNumber = false;
    return this;
  }

  PowerShellValue joined(String separator) {
    StringBuilder joined = texts.get(0);
    for (int i = 1; i < texts.size(); i++) {
      joined.append(separator).append(texts.get(i));
    }
    texts.subList(1, texts.size()).clear();
    isNumber = false;
    return this;
  }

  /** {@code [string]::Join(separator, list)} of its arguments; null if it has none. */
  @Nullable PowerShellValue joinedByFirst() {
    if (texts.size() < 2 || texts.get(0).length() > 16) {
      return null;
    }
    String separator = texts.remove(0).toString();
    return joined(separator);
  }

  /** {@code [char]} of each; null if one has no such character. */
  @Nullable PowerShellValue characters() {
    PowerShellValue characters = new PowerShellValue();
    for (StringBuilder text : texts) {
      if (isNumber) {
        long code = text.length() > 6 ? -1 : Long.parseLong(text.toString());
        if (code < 0 || code > Character.MAX_VALUE) {
          return null;
        }
        characters.texts.add(new StringBuilder().append((char) code));
      } else {
        text.chars().forEach(c -> characters.texts.add(new StringBuilder().append((char) c)));
      }
    }
    return characters.texts.isEmpty() ? null : characters;
  }

  /** {@code -f}; null if it is no simple format or the result is longer than may be. */
  @Nullable PowerShellValue formatted(PowerShellValue arguments, int most) {
    String format = single();
    if (format == null || format.length() > most) {
      return null;
    }
    StringBuilder result = new StringBuilder();
    Matcher place = PLACE.matcher(format);
    int from = 0;
    while (place.find()) {
      int index = Integer.parseInt(place.group(1));
      if (index >= arguments.texts.size()
          || result.length() + arguments.texts.get(index).length() > most) {
        return null;
      }
      result.append(format, from, place.start()).append(arguments.texts.get(index));
      from = place.end();
    }
    return of(result.append(format.substring(from)).toString());
  }

  /**
   * {@code -replace} with a pattern of ordinary characters, in any letter case; null if the pattern
   * is another one or the result may be longer than may be.
   */
  @Nullable PowerShellValue replaced(PowerShellValue arguments, int most) {
    String text = single();
    if (text == null || arguments.texts.size() > 2) {
      return null;
    }
    String pattern = literal(arguments.texts.get(0).toString());
    String replacement = arguments.texts.size() == 1 ? "" : arguments.texts.get(1).toString();
    if (pattern.isEmpty()
        || replacement.indexOf('$') >= 0
        || (long) text.length() * Math.max(1, replacement.length()) > most) {
      return null;
    }
    return of(
        Pattern.compile(Pattern.quote(pattern), Pattern.CASE_INSENSITIVE)
            .matcher(text)
            .replaceAll(Matcher.quoteReplacement(replacement)));
  }

  /** The text that an expression without operators stands for; empty if it has some. */
  private static String literal(String expression) {
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      boolean isEscape = c == '\\' && i + 1 < expression.length();
      if (isEscape && !Character.isLetterOrDigit(expression.charAt(i + 1))) {
        literal.append(expression.charAt(++i));
      } else if (OPERATORS_OF_EXPRESSIONS.indexOf(c) >= 0) {
        return "";
      } else {
        literal.append(c);
      }
    }
    return literal.toString();
  }
}
