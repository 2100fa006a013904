package dev.iiswarden.drl;

import dev.iiswarden.event.Event;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one event means to one stage of a rule. Made by {@link StageTrace}. Immutable.
 *
 * @param rule the rule's name
 * @param event the event, as it was passed to the trace
 * @param factType the kind of fact that takes part: the event's, or that of a fact that another
 *     rule made from it
 * @param madeBy the rule that made that fact; null if it is the event
 * @param relation what the event does to the stage
 * @param stage the stage; null if there is none
 * @param conditions the outcomes of the conditions
 * @param missing the pattern that the stage would match, or that the rule waits for next
 * @param begunBy the rules that begin the stage
 */
public record StageTrial(
    String rule,
    Event event,
    String factType,
    @Nullable String madeBy,
    Relation relation,
    @Nullable Held stage,
    List<Outcome> conditions,
    String missing,
    Set<String> begunBy) {

  /** What an event does to a stage. */
  public enum Relation {
    /** The rule matches the event and the stage. */
    MATCHES,
    /** The stage is open, and the rule does not match it with the event. */
    OPEN,
    /** The stage is open, and another event has already reported the same action. */
    LOGGED_BEFORE,
    /** The stage was open until its window ended. */
    EXPIRED,
    /** A newer sequence of the same name and key has taken the stage's place. */
    REPLACED,
    /** An earlier event has completed the sequence. */
    COMPLETED,
    /** Another host has the stage. */
    ON_ANOTHER_HOST,
    /** There has been no such stage. */
    NONE,
    /** The event opens the stage. */
    OPENS
  }

  /**
   * A fact that waits for the next event.
   *
   * @param variable the variable that the rule gives it; null if it has none
   * @param sequence the name of the sequence; null if the fact is no sequence
   * @param key the sequence's key, if it has one
   * @param event the fact's last event
   * @param until the end of its window in milliseconds of the epoch, which the window excludes
   * @param closedBy the event that completed or replaced it; null if none has
   */
  public record Held(
      @Nullable String variable,
      @Nullable String sequence,
      @Nullable String key,
      Event event,
      long until,
      @Nullable Event closedBy) {}

  /**
   * The outcome of a condition.
   *
   * @param text the condition as it is written
   * @param met whether it is met; null if it needs further facts or threw an exception
   * @param failed whether it threw an exception
   * @param values what the condition compares, each as {@code field is value}
   */
  public record Outcome(String text, @Nullable Boolean met, boolean failed, List<String> values) {}
}
