package dev.iiswarden.cli.print;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * A fact, field or function that rules can use. Immutable and safe for use by several threads.
 *
 * @param group the heading under which it is listed
 * @param name the name that rules write
 * @param form the name with its type or parameters
 * @param meaning what it means, in sentences
 * @param example a condition, pattern or consequence that uses it
 */
public record RuleTerm(String group, String name, String form, String meaning, String example) {
  private static final int COLUMNS = 100;
  private static final String INDENT = "      ";

  /** Returns whether the name or the meaning contains a word, in any letter case. */
  public boolean isAbout(String word) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return name.toLowerCase(Locale.ROOT).contains(wanted)
        || meaning.toLowerCase(Locale.ROOT).contains(wanted);
  }

  /** Prints terms under the headings of their groups, in lines of at most 100 columns. */
  public static void print(List<RuleTerm> terms, PrintStream out) {
    String group = "";
    for (RuleTerm term : terms) {
      if (!term.group.equals(group)) {
        out.print((group.isEmpty() ? "" : "\n") + term.group + "\n\n");
        group = term.group;
      }
      out.print("  " + term.form + "\n" + wrapped(term.meaning) + INDENT + term.example + "\n");
    }
  }

  private static String wrapped(String sentences) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (String word : sentences.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > COLUMNS) {
        lines.append(line).append('\n');
        line.setLength(0);
      }
      line.append(line.isEmpty() ? INDENT : " ").append(word);
    }
    return lines.append(line).append('\n').toString();
  }
}
