package dev.iiswarden.drl;

import dev.iiswarden.drl.RuleTerms.Term;
import java.util.List;

/** Writes the terms of rules as a page in Markdown. */
final class RuleTermsPage {
  private static final String INTRODUCTION =
      """
      # Facts, fields and functions

      This page lists everything that a rule can name. [Writing rules](writing-rules.md) explains the language. To look up a word on the
      command line, run `java -jar target/iiswarden.jar functions WORD`.

      The type of a field follows its name: text, list (of texts), number, or true or false. A field that is missing is `null`, and it meets
      only negated conditions.

      The parameters of a function are in parentheses, with their types. `text...` stands for one or more texts. A function without a type
      of its own is a condition.

      The page is generated from the javadoc of the package `dev.iiswarden.event`. The build checks that it is up to date and that all
      examples can be loaded.
      """;

  private RuleTermsPage() {}

  static String of(List<Term> terms) {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    String group = "";
    for (Term term : terms) {
      if (!term.group().equals(group)) {
        group = term.group();
        page.append("\n## ").append(group).append("\n\n").append(about(group));
        page.append("| name | meaning | example |\n| --- | --- | --- |\n");
      }
      page.append("| ")
          .append(code(term.form()))
          .append(" | ")
          .append(term.meaning().replace("|", "\\|"))
          .append(" | ")
          .append(code(term.example()))
          .append(" |\n");
    }
    return page.toString();
  }

  private static String about(String group) {
    return Vocabulary.FUNCTION_CLASSES.stream()
        .filter(owner -> group.equals(RuleTerms.groupOf(owner)))
        .map(owner -> EventJavadoc.of(owner).text() + "\n\n`" + importOf(owner) + "`\n\n")
        .findFirst()
        .orElse("");
  }

  /** The heading of a group, with the import that a rule needs for its functions. */
  static String withImport(String group) {
    return Vocabulary.FUNCTION_CLASSES.stream()
        .filter(owner -> group.equals(RuleTerms.groupOf(owner)))
        .map(owner -> group + ": " + importOf(owner))
        .findFirst()
        .orElse(group);
  }

  private static String importOf(Class<?> owner) {
    return "import function " + owner.getName() + ".*;";
  }

  private static String code(String text) {
    return '`' + text.replace("|", "\\|") + '`';
  }
}
