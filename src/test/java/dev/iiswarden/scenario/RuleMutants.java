package dev.iiswarden.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Mutants of rules, each with one mistake: a removed or negated condition, a changed text or a
 * changed bound. Many mutants fit into one rule set, because each gets rule names of its own.
 */
final class RuleMutants {
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern SPAN = Pattern.compile("\"\\d+(ms|s|m|h|d)\"");
  private static final Pattern WINDOW = Pattern.compile("window:time\\( \\w+ \\)");
  private static final Pattern BINDING = Pattern.compile("(?s)\\s*\\$\\w+\\s*:.*");
  private static final Pattern SEQUENCE_NAME = Pattern.compile("name == \"[\\w-]+\"");
  private static final Pattern NAMES =
      Pattern.compile(
          "(?m)^rule \"([^\"]+)\"|@id\\( \"([\\w-]+)\" \\)|PendingSequence\\( (?:name == )?\"([\\w-]+)\"");
  private static final Pattern HEADER = Pattern.compile("(?m)^(package|import) .*$");

  private RuleMutants() {}

  /**
   * A rule file with one mistake.
   *
   * @param what the mistake, in words
   * @param text the whole file
   */
  record Mutant(String what, String text) {}

  /** Returns all mutants of the conditions of a rule file. */
  static List<Mutant> of(String text) {
    List<Mutant> mutants = new ArrayList<>();
    for (RuleDescr rule : parse(text)) {
      for (BaseDescr descr : rule.getLhs().getDescrs()) {
        if (descr instanceof PatternDescr pattern) {
          mutate(text, rule.getName(), pattern, mutants);
        }
      }
    }
    return mutants;
  }

  private static List<RuleDescr> parse(String text) {
    try {
      return Objects.requireNonNull(new DrlParser(LanguageLevelOption.DRL6).parse(null, text))
          .getRules();
    } catch (DroolsParserException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void mutate(String text, String rule, PatternDescr pattern, List<Mutant> mutants) {
    for (BaseDescr descr : pattern.getConstraint().getDescrs()) {
      if (!(descr instanceof ExprConstraintDescr) || BINDING.matcher(descr.getText()).matches()) {
        continue;
      }
      int start = descr.getStartCharacter();
      int end = descr.getEndCharacter() + 1;
      String condition = text.substring(start, end);
      String where = rule + ": ";
      // Without its name, a sequence would be any sequence of any other mutant.
      if (!SEQUENCE_NAME.matcher(condition).matches()) {
        mutants.add(
            new Mutant(where + "without " + condition, replace(text, start, end, "this != null")));
        mutants.add(
            new Mutant(
                where + "not " + condition, replace(text, start, end, "!( " + condition + " )")));
      }
      Matcher literal = TEXT.matcher(condition);
      while (literal.find()) {
        String other =
            SPAN.matcher(literal.group()).matches()
                ? "\"1s\""
                : condition.contains("ike(") ? "\"*another*\"" : "\"another\"";
        mutants.add(
            new Mutant(
                where + literal.group() + " is " + other + " in " + condition,
                replace(text, start + literal.start(), start + literal.end(), other)));
      }
    }
    Matcher window = WINDOW.matcher(text);
    if (window.find(pattern.getStartCharacter()) && window.end() <= pattern.getEndCharacter() + 1) {
      mutants.add(
          new Mutant(
              rule + ": " + window.group() + " is 1s",
              replace(text, window.start(), window.end(), "window:time( 1s )")));
    }
  }

  private static String replace(String text, int start, int end, String by) {
    return text.substring(0, start) + by + text.substring(end);
  }

  /** Returns the rules of files without the headers, renamed to end in this number. */
  static String renamed(String texts, int number) {
    Matcher names = NAMES.matcher(texts);
    StringBuilder renamed = new StringBuilder();
    while (names.find()) {
      String name =
          names.group(1) != null
              ? names.group(1)
              : names.group(2) != null ? names.group(2) : names.group(3);
      String whole = names.group();
      int at = whole.lastIndexOf(name);
      names.appendReplacement(
          renamed,
          Matcher.quoteReplacement(
              whole.substring(0, at) + name + "-m" + number + whole.substring(at + name.length())));
    }
    names.appendTail(renamed);
    return HEADER.matcher(renamed).replaceAll("");
  }
}
