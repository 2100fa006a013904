package dev.iiswarden.drl;

import dev.iiswarden.event.EventKind;
import dev.iiswarden.event.Maxspan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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
          "ruleset",
          "stages",
          "suppressBy",
          "suppressFor");

  /** The values of {@code @stages}, in the order in which an intrusion goes through them. */
  public static final List<String> STAGES = List.of("dropped", "registered", "loaded", "used");

  /** The value of {@code @suppressBy} for the folder of a web site. */
  public static final String SITE = "site";

  /** The span of {@code @suppressFor} if a rule does not say it. */
  public static final Duration USUAL_SUPPRESSION = Duration.ofDays(1);

  private static final Duration SHORTEST_SUPPRESSION = Duration.ofSeconds(1);

  /** What is suppressed is remembered for so long. */
  private static final Duration LONGEST_SUPPRESSION = Duration.ofDays(7);

  private static final Pattern BARE = Pattern.compile("[\\w.-]+");
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern SEVERITY = Pattern.compile("low|medium|high|critical");
  private static final Pattern CONFIDENCE = Pattern.compile("low|medium|high");
  private static final Pattern RISK_SCORE = Pattern.compile("100|\\d{1,2}");
  private static final Pattern TACTIC = Pattern.compile("TA\\d{4}( \\S.*)?");
  private static final Pattern TECHNIQUE = Pattern.compile("T\\d{4}(\\.\\d{3})?( \\S.*)?");

  private static final Map<String, Form> FORMS =
      Map.of(
          "id", Form.of(ID, "made of lower-case letters, digits and hyphens"),
          "severity", Form.of(SEVERITY, "low, medium, high or critical"),
          "confidence", Form.of(CONFIDENCE, "low, medium or high"),
          "riskScore", Form.of(RISK_SCORE, "a whole number from 0 to 100"),
          "tactic", Form.of(TACTIC, "an ATT&CK tactic, as in \"TA0003 Persistence\""),
          "technique",
              Form.of(
                  TECHNIQUE,
                  "an ATT&CK technique, as in \"T1505.004 Server Software Component: IIS"
                      + " Components\""),
          "stages",
              new Form(
                  texts -> !texts.isEmpty() && STAGES.containsAll(texts),
                  "one or more of dropped, registered, loaded and used"),
          "suppressBy",
              new Form(
                  texts ->
                      !texts.isEmpty() && texts.stream().allMatch(Metadata::isSuppressionField),
                  "one or more fields of events, as in \"process.executable\", or site"),
          "suppressFor",
              new Form(
                  texts -> isSuppressionSpan(String.join(" ", texts)),
                  "a time span from 1s to 7d, as in \"1d\""));

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
  public static @Nullable String check(String name, List<String> texts) {
    Form form = FORMS.get(name);
    String value = String.join(" ", texts);
    return form == null || form.isMet().test(texts)
        ? null
        : "@" + name + " is " + form.inWords() + ", not " + (value.isEmpty() ? "empty" : value);
  }

  /** Whether {@code @suppressBy} can name this: a field of some kind of event, or a site. */
  public static boolean isSuppressionField(String name) {
    return name.equals(SITE)
        || EventKind.all().stream().anyMatch(kind -> kind.field(name).isPresent());
  }

  /** Whether {@code @suppressFor} can be this long. */
  public static boolean isSuppressionSpan(Duration span) {
    return span.compareTo(SHORTEST_SUPPRESSION) >= 0 && span.compareTo(LONGEST_SUPPRESSION) <= 0;
  }

  private static boolean isSuppressionSpan(String text) {
    return Maxspan.isSpan(text) && isSuppressionSpan(Maxspan.of(text));
  }

  private record Form(Predicate<List<String>> isMet, String inWords) {
    static Form of(Pattern pattern, String inWords) {
      return new Form(texts -> pattern.matcher(String.join(" ", texts)).matches(), inWords);
    }
  }
}
