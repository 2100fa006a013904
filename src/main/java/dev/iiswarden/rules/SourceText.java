package dev.iiswarden.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.BaseDescr;

/** The text of a rule file, which finds the place of its parts. */
final class SourceText {
  private final String text;

  SourceText(String text) {
    this.text = text;
  }

  /**
   * The place where a part of the file begins, or the place of a word in it.
   *
   * @param word empty for none
   */
  Place placeOf(BaseDescr part, String word) {
    int start = part.getStartCharacter();
    if (start < 0 || start > text.length()) {
      return new Place(Math.max(part.getLine(), 0), 0);
    }
    return place(start, Math.max(start, part.getEndCharacter() + 1), word);
  }

  /** The place of a text after an offset, or of a word in it; the given line if it is not found. */
  Place placeOf(String part, int from, String word, int line) {
    int start = text.indexOf(part, Math.max(from, 0));
    return start < 0 || part.isBlank()
        ? new Place(Math.max(line, 0), 0)
        : place(start + leadingBlanks(part), start + part.length(), word);
  }

  private static int leadingBlanks(String part) {
    return part.length() - part.stripLeading().length();
  }

  private Place place(int start, int end, String word) {
    int at = start;
    if (!word.isEmpty()) {
      Matcher found =
          Pattern.compile("(?<![\\w$])" + Pattern.quote(word) + "(?![\\w$])")
              .matcher(text)
              .region(start, Math.min(end, text.length()))
              .useTransparentBounds(true);
      at = found.find() ? found.start() : start;
    }
    return at(at);
  }

  /** The place of an offset. */
  Place at(int offset) {
    int line = 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    return new Place(line, offset - text.lastIndexOf('\n', offset - 1));
  }

  /**
   * A place.
   *
   * @param line from 1; 0 if it is unknown
   * @param column from 1; 0 if it is unknown
   */
  record Place(int line, int column) {}
}
