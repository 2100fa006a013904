package dev.iiswarden.drl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The annotations of rules: which there are, and what their values must be, because alerts carry
 * them to other systems. Tactics and techniques have the identifiers of MITRE ATT&amp;CK
 * ("ATT&amp;CK Design and Philosophy", section 3).
 */
public final class Metadata {
  /** The annotations that rules can have. */
  public static final Set<String> NAMES =
      Set.of(
          "id",
          "description",
          "severity",
          "confidence",
          "riskScore",
          "tactic",
          "technique",
          "references",
          "falsePositives",
          "sources",
          "blindSpots",
          "guide",
          "author",
          "version",
          "ruleset");

  private static final Pattern BARE = Pattern.compile("[\\w.-]+");
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern SEVERITY = Pattern.compile("low|medium|high|critical");
  private static final Pattern CONFIDENCE = Pattern.compile("low|medium|high");
  private static final Pattern RISK_SCORE = Pattern.compile("100|\\d{1,2}");
  private static final Pattern TACTIC = Pattern.compile("TA\\d{4}( \\S.*)?");
  private static final Pattern TECHNIQUE = Pattern.compile("T\\d{4}(\\.\\d{3})?( \\S.*)?");

  private static final Map<String, Form> FORMS =
      Map.of(
          "id", new Form(ID, "made of lower-case letters, digits and hyphens"),
          "severity", new Form(SEVERITY, "low, medium, high or critical"),
          "confidence", new Form(CONFIDENCE, "low, medium or high"),
          "riskScore", new Form(RISK_SCORE, "a whole number from 0 to 100"),
          "tactic", new Form(TACTIC, "an ATT&CK tactic, as in \"TA0003 Persistence\""),
          "technique",
              new Form(
                  TECHNIQUE,
                  "an ATT&CK technique, as in \"T1505.004 Server Software Component: IIS"
                      + " Components\""));

  private Metadata() {}

  /** Returns what is wrong with an annotation's name; null if nothing is. */
  static @Nullable String checkName(String name) {
    return NAMES.contains(name)
        ? null
        : "there is no annotation @"
            + name
            + NearestName.ask(name, NAMES)
            + "; there are "
            + String.join(", ", new TreeSet<>(NAMES));
  }

  /** Returns the texts of an annotation, as it is written between its parentheses. */
  static List<String> texts(String name, String written) throws SyntaxProblem {
    String stripped = written.strip();
    if (BARE.matcher(stripped).matches()) {
      return List.of(stripped);
    }
    List<String> texts = new ArrayList<>();
    List<Token> tokens = Lexer.tokens(stripped);
    for (int i = 0; i < tokens.size() - 1; i++) {
      Token token = tokens.get(i);
      boolean isExpected = i % 2 == 0 ? token.kind() == Token.Kind.TEXT : token.is(",");
      if (!isExpected) {
        throw new SyntaxProblem(
            0, "@" + name + " takes texts in quotes, with commas between them, and nothing else");
      }
      if (i % 2 == 0) {
        texts.add(token.text());
      }
    }
    return texts;
  }

  /** Returns what is wrong with the texts of an annotation; null if nothing is. */
  static @Nullable String check(String name, List<String> texts) {
    Form form = FORMS.get(name);
    String value = String.join(" ", texts);
    return form == null || form.pattern().matcher(value).matches()
        ? null
        : "@" + name + " is " + form.inWords() + ", not " + (value.isEmpty() ? "empty" : value);
  }

  private record Form(Pattern pattern, String inWords) {}
}
