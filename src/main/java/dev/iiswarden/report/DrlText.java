package dev.iiswarden.report;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of a rule in its file, from {@code rule} to {@code end}.
 *
 * @param file the file's name
 * @param line the line where the rule begins, from 1
 * @param text the text of the rule
 */
record DrlText(String file, int line, String text) {
  private static final Pattern END = Pattern.compile("(?m)(?:^|;)\\s*end\\s*;?\\s*$");

  /**
   * Finds a rule.
   *
   * @param files the texts of the rule files by name
   */
  static Optional<DrlText> of(String rule, Map<String, String> files) {
    Pattern head =
        Pattern.compile("(?m)^\\s*rule\\s+([\"']?)" + Pattern.quote(rule) + "\\1(?=\\s|$)");
    for (Map.Entry<String, String> file : files.entrySet()) {
      String text = file.getValue();
      Matcher begin = head.matcher(text);
      Matcher end = END.matcher(text);
      if (begin.find()) {
        int from = text.indexOf("rule", begin.start());
        int to = end.find(from) ? end.end() : text.length();
        int line = 1 + (int) text.substring(0, from).chars().filter(c -> c == '\n').count();
        return Optional.of(new DrlText(file.getKey(), line, text.substring(from, to).strip()));
      }
    }
    return Optional.empty();
  }

  /**
   * Finds a condition in the text, regardless of line breaks.
   *
   * @param condition the condition, with single blanks
   * @param from the position at which the search starts, so that a condition that occurs twice is
   *     found twice
   * @return the place; null if the condition is not found, for example because it contains a
   *     comment
   */
  @Nullable Span find(String condition, int from) {
    String spaced =
        Arrays.stream(condition.strip().split("\\s+"))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+"));
    Matcher found = Pattern.compile(spaced).matcher(text);
    int conditions = Math.max(text.indexOf("\nwhen"), 0);
    return found.find(Math.max(conditions, from)) || found.find(conditions)
        ? new Span(found.start(), found.end())
        : null;
  }

  /** A range of characters; {@code to} is exclusive. */
  record Span(int from, int to) {}
}
