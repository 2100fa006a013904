package dev.iiswarden.rules;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a rule matches an event or does not: one pattern of the rule, with the outcome of every
 * condition, including those after an unmet one. Made by {@link Rules#explain(
 * dev.iiswarden.event.Event)}. Immutable and safe for use by several threads.
 *
 * @param ruleName the name after {@code rule}
 * @param ruleId the rule's {@code @id}; null if it only begins a sequence and raises no alert
 * @param factType the kind of fact the pattern matches, such as {@code FileEvent}
 * @param conditions the pattern's conditions, in the order of the rule
 * @param others the rule's other patterns, as text; empty if the event alone decides
 */
public record Explanation(
    String ruleName,
    @Nullable String ruleId,
    String factType,
    List<Condition> conditions,
    List<String> others) {

  /** Whether the event meets every condition that depends on the event alone. */
  public boolean meetsOwnConditions() {
    return conditions.stream()
        .allMatch(
            condition ->
                condition.outcome() == Outcome.MET
                    || condition.outcome() == Outcome.DEPENDS_ON_OTHER_FACTS);
  }

  /**
   * One condition and its outcome.
   *
   * @param text the condition as it stands in the rule file
   * @param outcome the outcome
   */
  public record Condition(String text, Outcome outcome) {
    private static final Pattern LEFT_FIELD =
        Pattern.compile("(?:\\w+\\( ?)?([a-z]\\w*(?:\\.\\w+)+)\\b(?!\\().*");

    /**
     * The field that the condition tests, under its ECS name, such as {@code process.command_line};
     * empty if its text does not show that.
     */
    public Optional<String> field() {
      Matcher field = LEFT_FIELD.matcher(text);
      // Rules write commandLine where ECS has command_line.
      return field.matches()
          ? Optional.of(field.group(1).replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
          : Optional.empty();
    }
  }

  /** The outcome of a condition. */
  public enum Outcome {
    /** The event meets it. */
    MET,
    /** The event does not meet it. */
    NOT_MET,
    /**
     * The condition compares the event with another fact, such as the first event of a sequence.
     */
    DEPENDS_ON_OTHER_FACTS,
    /** The condition threw an exception. */
    FAILED
  }
}
