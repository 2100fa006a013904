package dev.iiswarden.rules;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a rule speaks of an event or does not: one of its patterns, held against the event with every
 * condition tried, also those behind an unmet one. Immutable.
 *
 * @param ruleName the name after {@code rule}
 * @param ruleId the rule's {@code @id}; null if it raises no alert but begins a sequence
 * @param factType the kind of fact the pattern is of, such as {@code FileEvent}
 * @param conditions the pattern's conditions, in the order of the rule
 * @param others what else the rule wants to see, pattern by pattern as text; empty if the event
 *     alone decides
 */
public record Explanation(
    String ruleName,
    @Nullable String ruleId,
    String factType,
    List<Condition> conditions,
    List<String> others) {

  /** Whether the event meets all that the pattern demands of it by itself. */
  public boolean meetsOwnConditions() {
    return conditions.stream()
        .allMatch(
            condition ->
                condition.outcome() == Outcome.MET
                    || condition.outcome() == Outcome.DEPENDS_ON_OTHER_FACTS);
  }

  /**
   * One condition and what became of it.
   *
   * @param text as it stands in the rule file
   * @param outcome what became of it
   */
  public record Condition(String text, Outcome outcome) {
    private static final Pattern LEFT_FIELD =
        Pattern.compile("(?:\\w+\\( ?)?([a-z]\\w*(?:\\.\\w+)+)\\b(?!\\().*");

    /**
     * The field that the condition is about, under its ECS name, such as {@code
     * process.command_line}; empty where that cannot be told from its text.
     */
    public Optional<String> field() {
      Matcher field = LEFT_FIELD.matcher(text);
      // Rules write commandLine where ECS has command_line.
      return field.matches()
          ? Optional.of(field.group(1).replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
          : Optional.empty();
    }
  }

  /** What can become of a condition. */
  public enum Outcome {
    /** The event meets it. */
    MET,
    /** The event does not meet it. */
    NOT_MET,
    /** It compares the event with another fact, such as the first of a sequence. */
    DEPENDS_ON_OTHER_FACTS,
    /** It threw an exception. */
    FAILED
  }
}
