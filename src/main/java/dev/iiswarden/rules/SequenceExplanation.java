package dev.iiswarden.rules;

import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Explanation.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event means to one stage of a rule that joins facts. Made by {@link
 * SequenceExplainer#explain}. Immutable and safe for use by several threads.
 *
 * @param ruleName the name of the rule that waits or would wait at the stage
 * @param ruleId the rule's {@code @id}; null if it raises no alert
 * @param event the event that is explained
 * @param factType the kind of fact that takes part, such as {@code FileEvent}; or {@code
 *     ModuleRegistration}, if another rule has recognised a registration in the event
 * @param madeBy the name of the rule that made that fact; null if it is the event itself
 * @param state the state of the stage, as the event finds it
 * @param stage the stage; null if the state is {@link State#NONE}
 * @param conditions the outcomes of the conditions that compare the fact with the stage; for a fact
 *     that another rule made, also those on the fact alone
 * @param missing the pattern, as text, of what would match the event; for {@link State#OPENS}, of
 *     what the rule waits for next
 * @param begunBy the names of the rules that begin such stages; empty if a single event does
 */
public record SequenceExplanation(
    String ruleName,
    @Nullable String ruleId,
    Event event,
    String factType,
    @Nullable String madeBy,
    State state,
    @Nullable Stage stage,
    List<Condition> conditions,
    String missing,
    List<String> begunBy) {

  /** The state of a stage, as an event finds it. */
  public enum State {
    /** The stage is open, and the rule matches it with the event. */
    MATCHES,
    /** The stage is open, and the rule does not match it with the event. */
    OPEN,
    /**
     * The stage is open and the event fits, but the host has logged the same action before, and it
     * counts once.
     */
    LOGGED_BEFORE,
    /** The window of the stage has ended. */
    EXPIRED,
    /** A newer sequence of the same name and key has replaced it. */
    REPLACED,
    /** An earlier event has completed the sequence. */
    COMPLETED,
    /** Only another host has such a stage. */
    ON_ANOTHER_HOST,
    /** There has been no such stage. */
    NONE,
    /** The event opens the stage. */
    OPENS
  }

  /**
   * A stage: a fact that waits for the next event, or has waited for it.
   *
   * @param variable the name that the rule gives the fact, such as {@code $dropped}; null if it has
   *     none
   * @param sequence the name of the sequence; null if an event or a registration waits
   * @param key the key of the sequence; null if it has none
   * @param event the event that opened the stage
   * @param until the end of the window, which the window excludes
   * @param closedBy the event that completed or replaced it; null if there is none
   */
  public record Stage(
      @Nullable String variable,
      @Nullable String sequence,
      @Nullable String key,
      Event event,
      Instant until,
      @Nullable Event closedBy) {}

  /**
   * A condition and its outcome.
   *
   * @param text the condition as it stands in the rule file
   * @param outcome the outcome
   * @param values what the condition compares, such as {@code $dropped.key is c:\x.dll}
   */
  public record Condition(String text, Outcome outcome, List<String> values) {}
}
