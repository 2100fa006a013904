package dev.iiswarden.drl;

import java.util.Comparator;

/**
 * A problem in a rule file.
 *
 * @param file the name of the rule file; empty if it is unknown
 * @param line from 1; 0 if it is unknown
 * @param column from 1; 0 if it is unknown
 * @param reason the problem in words
 */
public record Problem(String file, int line, int column, String reason) {
  /** By file, then by place. */
  public static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column);

  /**
   * Creates a problem. What cannot be printed is replaced, because a terminal could obey it: a
   * reason may quote what a rule file contains.
   */
  public Problem {
    reason = printable(reason);
  }

  /** Returns a text without what a terminal could obey. */
  public static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}&&[^\n]]", "?");
  }
}
