package dev.iiswarden.drl;

import dev.iiswarden.drl.StageTrial.Relation;
import dev.iiswarden.engine.Engine;
import dev.iiswarden.engine.RuleBase;
import dev.iiswarden.event.Detection;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.PendingSequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.model.Model;
import org.jspecify.annotations.Nullable;

/**
 * Follows which stages of rules are open while an engine evaluates records, to explain why an event
 * completes a stage or does not. What is inserted and completed is what the engine's own session
 * inserts and completes; windows and the replacement of sequences are reckoned here. Not safe for
 * use by several threads.
 *
 * <p>Records must come in the order of time.
 */
public final class StageTrace implements AutoCloseable {
  /** What is held for one host and pattern. Beyond this, the oldest is no longer explained. */
  private static final int MOST_STAGES = 1000;

  private final Engine engine;
  private final RuleStages order;
  private final List<Join> joins = new ArrayList<>();
  private final Set<Pattern> windows = new LinkedHashSet<>();
  private final Map<String, Map<Pattern, List<Stage>>> hosts = new HashMap<>();
  private final List<Inserted> inserted = new ArrayList<>();

  /** A fact that a rule has inserted during the current record. */
  private record Inserted(ParsedRule rule, Object fact) {
    boolean isSameAs(Inserted other) {
      return rule.name().equals(other.rule.name()) && fact.toString().equals(other.fact.toString());
    }
  }

  /** A fact of the record at hand, and the rule that made it; null for the event itself. */
  private record AtHand(Event event, Object fact, @Nullable ParsedRule madeBy) {}

  /**
   * Creates a trace without open stages.
   *
   * @param rules the rules to explain
   * @param always the rules that are part of every rule set
   */
  public StageTrace(RuleSet rules, List<Model> always) {
    order = rules.stages();
    for (ParsedRule rule : rules.rules()) {
      joins.addAll(Join.of(rule));
    }
    joins.forEach(join -> windows.add(join.there()));
    List<Model> models = new ArrayList<>(always);
    models.add(new ModelBuilder(this::note).build(rules.rules()));
    // The records are in order, so each one is the present.
    engine =
        Engine.builder()
            .lateness(Duration.ZERO)
            .leap(Duration.ofDays(4_000_000))
            .build(new RuleBase(models, FactConditions::read), matches -> {});
  }

  /** The engine evaluates a record again if a rule fails on it, and then inserts the same again. */
  private void note(ParsedRule rule, Object fact) {
    Inserted one = new Inserted(rule, fact);
    inserted.removeIf(one::isSameAs);
    inserted.add(one);
  }

  /**
   * Evaluates a record.
   *
   * @param facts at least one, all of the same host and time
   * @param explain whether to explain it; otherwise it only opens and closes stages
   * @return what the record means to the stages of rules, rule by rule; empty if it is not to be
   *     explained
   */
  public List<StageTrial> accept(List<Event> facts, boolean explain) {
    inserted.clear();
    boolean mayRepeat = facts.stream().anyMatch(Event::isCountedOnce);
    long repeatedBefore = mayRepeat ? engine.tally().repeated() : 0;
    engine.accept(facts);
    boolean isRepeated = mayRepeat && engine.tally().repeated() > repeatedBefore;
    List<AtHand> atHand = atHand(facts);
    List<Stage> opened = isRepeated ? List.of() : opened(atHand);
    List<StageTrial> trials = new ArrayList<>();
    if (explain) {
      for (AtHand fact : atHand) {
        joins.forEach(join -> explain(join, fact, opened, isRepeated, trials));
      }
      opened.forEach(stage -> explainOpened(stage, facts, trials));
    }
    keep(opened);
    return trials;
  }

  private List<AtHand> atHand(List<Event> facts) {
    List<AtHand> atHand = new ArrayList<>();
    for (Event event : facts) {
      // The engine has placed its own copy. This one comes after all events that the engine holds.
      atHand.add(new AtHand(event, event.placed(Long.MAX_VALUE, event.getSessionTime()), null));
    }
    for (Inserted one : inserted) {
      if (!(one.fact instanceof Detection)) {
        atHand.add(new AtHand(original(one.fact, facts), one.fact, one.rule));
      }
    }
    return atHand;
  }

  /** A record has at most one fact of each kind. */
  private static Event original(Object fact, List<Event> facts) {
    Event last = Stage.lastEvent(fact);
    return facts.stream()
        .filter(event -> event.getClass() == last.getClass())
        .findFirst()
        .orElse(facts.get(0));
  }

  private List<Stage> opened(List<AtHand> atHand) {
    List<Stage> opened = new ArrayList<>();
    for (Pattern window : windows) {
      for (AtHand one : atHand) {
        if (Join.meetsOwnConditions(window, one.fact)) {
          opened.add(new Stage(window, one.fact));
        }
      }
    }
    return opened;
  }

  private void explain(
      Join join, AtHand atHand, List<Stage> opened, boolean isRepeated, List<StageTrial> trials) {
    Pattern here = join.here();
    if (!here.fact().type().isInstance(atHand.fact)
        || (atHand.fact instanceof PendingSequence
            && !Join.meetsOwnConditions(here, atHand.fact))) {
      return;
    }
    boolean fits = !isRepeated && Join.meetsOwnConditions(here, atHand.fact) && fired(join.rule());
    List<Candidate> open = new ArrayList<>();
    List<Candidate> closed = new ArrayList<>();
    long now = atHand.event.getSessionTime();
    for (Stage stage : stages(host(atHand.event), join.there())) {
      if (stage.isOf(atHand.event.getHost())) {
        Candidate candidate = candidate(join, atHand, stage, stage.end(now));
        (candidate.end == null ? open : closed).add(candidate);
      }
    }
    for (Stage stage : opened) {
      // A fact of the same record seldom takes part, so it is only shown if it does.
      Candidate candidate = candidate(join, atHand, stage, null);
      if (stage.pattern().equals(join.there())
          && stage.fact() != atHand.fact
          && fits
          && candidate.meetsAll()) {
        open.add(candidate);
      }
    }
    if (open.isEmpty() && closed.isEmpty()) {
      closed.addAll(elsewhere(join, atHand, now));
    }
    open.sort(Candidate.BEST);
    closed.sort(Candidate.LEAST_MISSED);
    for (Candidate candidate : open) {
      Relation relation = Relation.OPEN;
      if (candidate.meetsAll() && isRepeated) {
        relation = Relation.LOGGED_BEFORE;
      } else if (candidate.meetsAll() && fits) {
        relation = Relation.MATCHES;
      }
      trials.add(trial(join, atHand, relation, candidate));
    }
    if (!closed.isEmpty() && (open.isEmpty() || closed.get(0).isMissed(open.get(0)))) {
      Candidate candidate = closed.get(0);
      Relation end = candidate.end == null ? Relation.ON_ANOTHER_HOST : candidate.end;
      trials.add(trial(join, atHand, end, candidate));
    } else if (open.isEmpty()) {
      trials.add(trial(join, atHand, Relation.NONE, null));
    }
  }

  private boolean fired(ParsedRule rule) {
    return inserted.stream().anyMatch(one -> one.rule.name().equals(rule.name()));
  }

  private StageTrial trial(
      Join join, AtHand atHand, Relation relation, @Nullable Candidate candidate) {
    List<StageTrial.Outcome> outcomes = new ArrayList<>();
    if (atHand.madeBy != null) {
      outcomes.addAll(join.own(atHand.fact));
    }
    if (candidate != null) {
      outcomes.addAll(candidate.outcomes);
    }
    return new StageTrial(
        join.rule().name(),
        atHand.event,
        join.here().factName(),
        atHand.madeBy == null ? null : atHand.madeBy.name(),
        relation,
        candidate == null ? null : candidate.stage.held(),
        outcomes,
        join.there().line(),
        order.begin(join.there()));
  }

  private void explainOpened(Stage stage, List<Event> facts, List<StageTrial> trials) {
    Set<Pattern> explained = new LinkedHashSet<>();
    for (Join join : joins) {
      if (join.there().equals(stage.pattern()) && explained.add(join.here())) {
        trials.add(
            new StageTrial(
                join.rule().name(),
                original(stage.fact(), facts),
                stage.pattern().factName(),
                inserted.stream()
                    .filter(one -> one.fact == stage.fact())
                    .map(one -> one.rule.name())
                    .findFirst()
                    .orElse(null),
                Relation.OPENS,
                stage.held(),
                List.of(),
                join.here().line(),
                Set.of()));
      }
    }
  }

  /** Opens and closes stages as the engine has done. */
  private void keep(List<Stage> opened) {
    List<Stage> completed = new ArrayList<>();
    for (Inserted one : inserted) {
      if (one.fact instanceof Detection detection) {
        List<Event> evidence = detection.getEvidence();
        Event by = evidence.get(evidence.size() - 1);
        all(by).stream()
            .filter(
                stage -> stage.fact() instanceof PendingSequence held && detection.completes(held))
            .forEach(stage -> stage.close(Relation.COMPLETED, by));
        opened.stream()
            .filter(
                stage -> stage.fact() instanceof PendingSequence held && detection.completes(held))
            .forEach(completed::add);
      }
    }
    for (Stage stage : opened) {
      if (!completed.contains(stage)) {
        if (stage.fact() instanceof PendingSequence newer) {
          all(newer.getLast()).stream()
              .filter(
                  other -> other.fact() instanceof PendingSequence older && newer.replaces(older))
              .forEach(other -> other.close(Relation.REPLACED, newer.getLast()));
        }
        hold(stage);
      }
    }
  }

  private void hold(Stage stage) {
    Event last = Stage.lastEvent(stage.fact());
    // An event without a host belongs to no sequence.
    if (last.getHost().getName() != null) {
      List<Stage> held = stages(host(last), stage.pattern());
      held.add(stage);
      if (held.size() > MOST_STAGES) {
        held.remove(0);
      }
    }
  }

  private static String host(Event event) {
    return String.valueOf(event.getHost().getCorrelationKey());
  }

  private List<Stage> stages(String host, Pattern pattern) {
    return hosts
        .computeIfAbsent(host, unused -> new HashMap<>())
        .computeIfAbsent(pattern, unused -> new ArrayList<>());
  }

  private List<Stage> all(Event event) {
    return hosts.getOrDefault(host(event), Map.of()).values().stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<Candidate> elsewhere(Join join, AtHand atHand, long now) {
    return hosts.values().stream()
        .flatMap(held -> held.getOrDefault(join.there(), List.of()).stream())
        .filter(stage -> !stage.isOf(atHand.event.getHost()) && stage.end(now) == null)
        .map(stage -> candidate(join, atHand, stage, null))
        .toList();
  }

  private static Candidate candidate(
      Join join, AtHand atHand, Stage stage, @Nullable Relation end) {
    return new Candidate(stage, join.joined(atHand.fact, stage.fact()), end);
  }

  /** Drops what is open. */
  @Override
  public void close() {
    engine.close();
  }

  /** A stage that an event might complete. */
  private record Candidate(Stage stage, List<StageTrial.Outcome> outcomes, @Nullable Relation end) {
    /** Those whose conditions are met best come first, and of these the newest. */
    static final Comparator<Candidate> BEST =
        Comparator.comparingLong(Candidate::met)
            .thenComparing(candidate -> Stage.lastEvent(candidate.stage.fact()), Event.STREAM_ORDER)
            .reversed();

    /** Those that only their end keeps from matching come first. */
    static final Comparator<Candidate> LEAST_MISSED =
        Comparator.comparing((Candidate candidate) -> !candidate.meetsAllButTime())
            .thenComparing(BEST);

    long met() {
      return outcomes.stream().filter(outcome -> Boolean.TRUE.equals(outcome.met())).count();
    }

    /** Whether no condition is unmet; those on further facts are the engine's to decide. */
    boolean meetsAll() {
      return outcomes.stream()
          .noneMatch(outcome -> outcome.failed() || Boolean.FALSE.equals(outcome.met()));
    }

    private boolean meetsAllButTime() {
      return outcomes.stream()
          .filter(outcome -> !outcome.text().contains("follows("))
          .noneMatch(outcome -> outcome.failed() || Boolean.FALSE.equals(outcome.met()));
    }

    /** Whether this closed stage would have matched, while the best open one does not. */
    boolean isMissed(Candidate bestOpen) {
      return end != Relation.REPLACED && meetsAllButTime() && !bestOpen.meetsAll();
    }
  }
}
