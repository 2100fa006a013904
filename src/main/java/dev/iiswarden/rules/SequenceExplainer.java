package dev.iiswarden.rules;

import dev.iiswarden.drl.StageTrace;
import dev.iiswarden.drl.StageTrial;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Explanation.Outcome;
import dev.iiswarden.rules.SequenceExplanation.Condition;
import dev.iiswarden.rules.SequenceExplanation.Stage;
import dev.iiswarden.rules.SequenceExplanation.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains events as parts of sequences: which stages are open when an event happens, why the event
 * completes one of them or does not, and what waits after it. {@link Rules#explain(Event)} explains
 * an event on its own.
 *
 * <p>It evaluates the records as a detector does, so what it reports as completed is what raises an
 * alert. Pass all records in the order of time, not only those of interest: earlier ones open the
 * stages. It holds what a detector holds, and for each host and rule up to a thousand stages, open
 * or closed. Made by {@link Rules#sequences()}. Not safe for use by several threads.
 */
public final class SequenceExplainer implements AutoCloseable {
  private final Rules rules;
  private final StageTrace trace;

  SequenceExplainer(Rules rules, StageTrace trace) {
    this.rules = rules;
    this.trace = trace;
  }

  /**
   * Takes a record without explaining it.
   *
   * @param facts the facts of one record, as in {@link dev.iiswarden.decode.Decoded#events()}
   */
  public void accept(List<Event> facts) {
    if (!facts.isEmpty()) {
      trace.accept(facts, false);
    }
  }

  /**
   * Takes a record and explains it.
   *
   * @param facts the facts of one record, as in {@link dev.iiswarden.decode.Decoded#events()}
   * @return explanations by rule; for one rule, those of stages that come nearest to completion
   *     first
   */
  public List<SequenceExplanation> explain(List<Event> facts) {
    return facts.isEmpty()
        ? List.of()
        : trace.accept(facts, true).stream().map(this::explanation).toList();
  }

  private SequenceExplanation explanation(StageTrial trial) {
    Rule rule = rules.byName().get(trial.rule());
    boolean hasId = rule != null && rules.all().contains(rule);
    return new SequenceExplanation(
        trial.rule(),
        rule != null && hasId ? rule.id() : null,
        trial.event(),
        trial.factType(),
        trial.madeBy(),
        State.valueOf(trial.relation().name()),
        stage(trial.stage()),
        trial.conditions().stream().map(SequenceExplainer::condition).toList(),
        trial.missing(),
        List.copyOf(trial.begunBy()));
  }

  private static @Nullable Stage stage(StageTrial.@Nullable Held held) {
    return held == null
        ? null
        : new Stage(
            held.variable(),
            held.sequence(),
            held.key(),
            held.event(),
            Instant.ofEpochMilli(held.until()),
            held.closedBy());
  }

  private static Condition condition(StageTrial.Outcome tried) {
    Outcome outcome = Outcome.DEPENDS_ON_OTHER_FACTS;
    if (tried.failed()) {
      outcome = Outcome.FAILED;
    } else if (tried.met() != null) {
      outcome = tried.met() ? Outcome.MET : Outcome.NOT_MET;
    }
    return new Condition(tried.text(), outcome, tried.values());
  }

  /** Drops what is open. */
  @Override
  public void close() {
    trace.close();
  }
}
