package dev.iiswarden.drl;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.BaseDescr;

/** The text of a rule file, which finds the place of its parts. Immutable. */
final class SourceText {
  private final String file;
  private final String text;
  private final int[] lineStarts;

  /**
   * Creates the text of a file.
   *
   * @param file the name of the file
   */
  SourceText(String file, String text) {
    this.file = file;
    this.text = text;
    int[] starts = new int[64];
    int lines = 1;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (lines == starts.length) {
        starts = Arrays.copyOf(starts, lines * 2);
      }
      starts[lines++] = at + 1;
    }
    lineStarts = Arrays.copyOf(starts, lines);
  }

  String file() {
    return file;
  }

  String text() {
    return text;
  }

  /** Returns a problem at an offset. */
  Problem problem(int offset, String reason) {
    int line = line(offset);
    return new Problem(file, line, offset - lineStarts[line - 1] + 1, reason);
  }

  /** Returns the line of an offset, from 1. */
  int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Returns the offset of a place, both from 1; the end of the file if it has no such line. */
  int offset(int line, int column) {
    return line < 1 || line > lineStarts.length
        ? text.length()
        : Math.min(text.length(), lineStarts[line - 1] + column - 1);
  }

  /** Returns the offset at which a part of the file begins, or that of a word in it. */
  int offsetOf(BaseDescr part, String word) {
    int start = part.getStartCharacter();
    if (start < 0 || start > text.length()) {
      start = offset(Math.max(part.getLine(), 1), 1);
    }
    return word.isEmpty() ? start : offsetOf(word, start);
  }

  /** Returns the offset of a word at or after another offset, or that offset. */
  int offsetOf(String word, int from) {
    Matcher found =
        Pattern.compile("(?<![\\w$])" + Pattern.quote(word) + "(?![\\w$])").matcher(text);
    return found.find(from) ? found.start() : from;
  }
}
