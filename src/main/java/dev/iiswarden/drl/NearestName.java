package dev.iiswarden.drl;

import java.util.Collection;

/** Suggests a known name for a mistyped one. Safe for use by several threads. */
public final class NearestName {
  private static final int MOST_MISTAKES = 3;

  private NearestName() {}

  /** A question with the most similar known name; empty if no name is similar. */
  public static String ask(String name, Collection<String> known) {
    String best = "";
    int least = MOST_MISTAKES + 1;
    for (String candidate : known) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best.isEmpty() ? "" : ": did you mean " + best + "?";
  }

  /** The Levenshtein distance: how many characters to insert, delete or replace. */
  private static int distance(String one, String two) {
    int[] row = new int[two.length() + 1];
    for (int j = 0; j <= two.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= two.length(); j++) {
        int replace = diagonal + (one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[two.length()];
  }
}
