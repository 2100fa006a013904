package dev.iiswarden.drl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks over the text of a rule file before it is parsed: at its size and depth, which bound what
 * parsing costs, at its characters, quotes and brackets. Not safe for use by several threads.
 */
final class FileScanner {
  /** Rules are written by people; the longest bundled file has 7,000 characters. */
  static final int LONGEST_FILE = 1 << 19;

  /**
   * Drools' parser takes twice as long for each call within a call: 2 ms for a rule of this depth,
   * and a minute for one of 24.
   */
  static final int DEEPEST = 9;

  /** Drools' parser takes the square of the number of a fact's conditions. */
  static final int LONGEST_BRACKETS = 1 << 14;

  private static final Set<String> KEYWORDS =
      Set.of("package", "import", "rule", "query", "function", "when", "then", "end");

  private final SourceText source;
  private final String text;
  private final Deque<Integer> open = new ArrayDeque<>();
  private final List<Problem> problems = new ArrayList<>();

  private FileScanner(SourceText source, String text) {
    this.source = source;
    this.text = text;
  }

  /** Returns what is wrong with the text as such; empty if it can be parsed. */
  static List<Problem> scan(SourceText source, String text) {
    FileScanner scanner = new FileScanner(source, text);
    if (text.length() > LONGEST_FILE) {
      scanner.refuse(0, "the file has more than " + LONGEST_FILE + " characters");
    } else {
      scanner.scan();
    }
    return scanner.problems;
  }

  private void refuse(int at, String reason) {
    problems.add(source.problem(at, reason));
  }

  private void scan() {
    for (int at = 0; at < text.length() && problems.isEmpty(); ) {
      if (text.startsWith("//", at)) {
        at = comment(at, "\n");
      } else if (text.startsWith("/*", at)) {
        at = comment(at, "*/");
      } else if (text.charAt(at) == '"') {
        at = quoted(at);
      } else {
        at = other(at);
      }
    }
    if (problems.isEmpty() && !open.isEmpty()) {
      refuseUnclosed(text.length());
    }
  }

  private int comment(int start, String end) {
    int found = text.indexOf(end, start + 2);
    if (found < 0 && end.equals("*/")) {
      refuse(start, "this comment has no end: */");
    }
    int after = found < 0 ? text.length() : found + end.length();
    checkPrintable(start, after);
    return after;
  }

  private int quoted(int start) {
    for (int at = start + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n') {
        break;
      }
      if (c == '\\') {
        at++;
      } else if (c == '"') {
        checkPrintable(start, at + 1);
        return at + 1;
      }
    }
    refuse(start, "this text has no closing quote on its line");
    return text.length();
  }

  private int other(int at) {
    int character = text.codePointAt(at);
    if (character == '(' || character == '[' || character == '{') {
      open.push(at);
      if (open.size() > DEEPEST) {
        refuse(at, "brackets are nested more than " + DEEPEST + " deep");
      }
    } else if (character == ')' || character == ']' || character == '}') {
      if (open.isEmpty() || !matches(text.charAt(open.peek()), (char) character)) {
        refuse(at, Character.toString(character) + " closes nothing");
      } else if (at - open.pop() > LONGEST_BRACKETS) {
        refuse(at, "more than " + LONGEST_BRACKETS + " characters in brackets");
      }
    } else if (Character.isJavaIdentifierStart(character) && character < 128) {
      return word(at);
    } else if (character > 127 || character == '\'' || character == '`') {
      refuseCharacter(at, character);
    } else {
      checkPrintable(at, at + 1);
    }
    return at + Character.charCount(character);
  }

  private static boolean matches(char opening, char closing) {
    return switch (opening) {
      case '(' -> closing == ')';
      case '[' -> closing == ']';
      default -> closing == '}';
    };
  }

  private int word(int start) {
    int at = start;
    while (at < text.length()
        && text.charAt(at) < 128
        && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    if (!open.isEmpty() && isFirstOfLine(start) && KEYWORDS.contains(text.substring(start, at))) {
      refuseUnclosed(start);
    }
    checkPrintable(start, at);
    return at;
  }

  private boolean isFirstOfLine(int at) {
    // From the word backwards, so that a long line does not cost its length for each of its words.
    int before = at - 1;
    while (before >= 0
        && text.charAt(before) != '\n'
        && Character.isWhitespace(text.charAt(before))) {
      before--;
    }
    return before < 0 || text.charAt(before) == '\n';
  }

  /** The line that lacks a bracket is the last one that opens more than it closes and ends so. */
  private void refuseUnclosed(int before) {
    int opened = open.getLast();
    int candidate = -1;
    int lineStart = text.lastIndexOf('\n', opened) + 1;
    while (lineStart < before) {
      int lineEnd = text.indexOf('\n', lineStart);
      int end = lineEnd < 0 ? text.length() : lineEnd;
      int last = lastOfLine(lineStart, Math.min(end, before));
      if (last >= 0 && opensMore(lineStart, last + 1) && "(,[{|&".indexOf(text.charAt(last)) < 0) {
        candidate = last;
      }
      lineStart = end + 1;
    }
    if (candidate >= 0) {
      refuse(candidate, "a closing parenthesis is missing at the end of this line");
    } else {
      refuse(open.getFirst(), text.charAt(open.getFirst()) + " is never closed");
    }
  }

  private int lastOfLine(int start, int end) {
    int last = end - 1;
    while (last >= start && Character.isWhitespace(text.charAt(last))) {
      last--;
    }
    return last < start ? -1 : last;
  }

  private boolean opensMore(int start, int end) {
    int depth = 0;
    boolean inQuotes = false;
    for (int at = start; at < end; at++) {
      char c = text.charAt(at);
      if (c == '\\' && inQuotes) {
        at++;
      } else if (c == '"') {
        inQuotes = !inQuotes;
      } else if (!inQuotes && c == '(') {
        depth++;
      } else if (!inQuotes && c == ')') {
        depth--;
      }
    }
    return depth > 0;
  }

  private void refuseCharacter(int at, int character) {
    String invisible = invisible(character);
    String instead = CommonMistakes.instead(Character.toString(character));
    refuse(
        at,
        invisible != null
            ? invisible
            : instead != null ? instead : Character.toString(character) + " is not expected here");
  }

  /** Refuses characters that a reader cannot see, or that would act on a terminal. */
  private void checkPrintable(int start, int end) {
    for (int at = start; at < end && problems.isEmpty(); ) {
      int character = text.codePointAt(at);
      String invisible = invisible(character);
      if (invisible != null) {
        refuse(at, invisible);
      }
      at += Character.charCount(character);
    }
  }

  private static @Nullable String invisible(int character) {
    boolean isInvisible =
        switch (Character.getType(character)) {
          case Character.CONTROL -> character != '\n' && character != '\r' && character != '\t';
          case Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              true;
          default -> false;
        };
    return isInvisible
        ? String.format("an invisible character, U+%04X, must be deleted", character)
        : null;
  }
}
