package dev.iiswarden.rules;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.drl.FactConditions;
import dev.iiswarden.drl.RuleSet;
import dev.iiswarden.drl.StageTrace;
import dev.iiswarden.engine.Explainer.ConditionTrial;
import dev.iiswarden.engine.Explainer.RuleTrial;
import dev.iiswarden.engine.RuleBase;
import dev.iiswarden.event.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A set of detection rules, which any number of detectors can share. Made by the factory methods
 * here and by {@link RulesDirectory#compile()}. Immutable and safe for use by several threads.
 */
public final class Rules {
  private static final String BASE_QUERY = "base-query";

  /** The rules that manage sequences, which are part of every rule set. */
  private static final String SEQUENCES = "sequences";

  private final RuleBase base;
  private final Map<String, Rule> byName;
  private final Supplier<Map<String, String>> readFiles;
  private @Nullable Map<String, String> files;
  private @Nullable RuleSet readable;

  /** The names of the rules that have an id. */
  private final Set<String> identified = new HashSet<>();

  Rules(RuleBase base, Supplier<Map<String, String>> files) {
    this.base = base;
    readFiles = files;
    SortedMap<String, RuleBase.RuleDescription> descriptions = new TreeMap<>();
    for (RuleBase.RuleDescription description : base.describe()) {
      descriptions.put(description.name(), description);
      if (description.annotations().containsKey("id")) {
        identified.add(description.name());
      }
    }
    byName = new RulesByName(descriptions);
  }

  /** The bundled rules: those of {@code rules-drl/} when this jar was built. Needs no compiler. */
  public static Rules bundled() {
    return new Rules(
        new RuleBase(CompiledModels.bundled(), FactConditions::read), BundledRules::read);
  }

  /**
   * The two bundled rules that make up the Elastic query for T1505.004. They raise exactly the
   * alerts of that query.
   */
  public static Rules baseQuery() {
    RuleBase all = new RuleBase(CompiledModels.bundled(), FactConditions::read);
    Set<String> others = new HashSet<>();
    for (RuleBase.RuleDescription description : all.describe()) {
      String ruleset = RuleAnnotations.read(description).ruleset();
      if (!ruleset.equals(BASE_QUERY) && !ruleset.equals(SEQUENCES)) {
        others.add(description.name());
      }
    }
    return new Rules(all.alone(others), Rules::baseQueryFiles);
  }

  private static Map<String, String> baseQueryFiles() {
    Map<String, String> files = new TreeMap<>(BundledRules.read());
    files.values().removeIf(text -> !text.contains("@ruleset( \"" + BASE_QUERY + "\" )"));
    return files;
  }

  /**
   * Loads the {@code .drl} files of a directory. {@link RulesDirectory} has more options.
   *
   * @throws RulesException as {@link RulesDirectory#compile}
   */
  public static Rules fromDirectory(Path directory) {
    return RulesDirectory.at(directory).compile();
  }

  /**
   * Loads rules from texts, with the same restrictions as {@link RulesDirectory}.
   *
   * @param files the texts by file name; errors show the names
   * @throws RulesException if there is no file, or a rule is refused
   */
  public static Rules fromFiles(Map<String, String> files) {
    return RulesDirectory.at(Path.of("")).compile(files);
  }

  /**
   * Whether any rule might match a record, judged by the conditions that depend on the record
   * alone. Use it to drop irrelevant records where they are collected; a detector does the same
   * check itself.
   */
  public boolean isRelevant(Decoded decoded) {
    return !decoded.events().isEmpty() && base.isInterestedIn(decoded.events());
  }

  /** The rules that raise alerts, which are those with an {@code @id}, sorted by name. */
  public Collection<Rule> all() {
    return List.copyOf(
        byName.values().stream().filter(rule -> identified.contains(rule.name())).toList());
  }

  /**
   * Evaluates an event against every rule that has a pattern of its kind, and reports the outcome
   * of each condition. Use it to find out why a rule did not fire. It is slow and has no side
   * effects.
   *
   * @return one explanation per pattern, grouped by rule
   */
  public List<Explanation> explain(Event event) {
    return base.explain(event).stream().map(this::explanation).toList();
  }

  private Explanation explanation(RuleTrial trial) {
    String id = identified.contains(trial.rule()) ? named(trial.rule()).id() : null;
    return new Explanation(
        trial.rule(),
        id,
        trial.type(),
        trial.conditions().stream()
            .map(condition -> new Explanation.Condition(condition.text(), outcome(condition)))
            .toList(),
        trial.others());
  }

  private static Explanation.Outcome outcome(ConditionTrial condition) {
    if (condition.failure() != null) {
      return Explanation.Outcome.FAILED;
    }
    if (condition.met() == null) {
      return Explanation.Outcome.DEPENDS_ON_OTHER_FACTS;
    }
    return condition.met() ? Explanation.Outcome.MET : Explanation.Outcome.NOT_MET;
  }

  /** All rules of the set by name, including those that raise no alert themselves; unmodifiable. */
  public Map<String, Rule> byName() {
    return byName;
  }

  private Rule named(String name) {
    Rule rule = byName.get(name);
    if (rule == null) {
      throw new IllegalStateException("no rule \"" + name + "\" in this rule set");
    }
    return rule;
  }

  /**
   * Explains an alert: for each event of its evidence, the pattern that matched it. The pattern
   * belongs to the alert's rule or to a rule that had to match before it, such as the one that
   * began the sequence.
   *
   * @param rule the alert's rule: one of these, or the same in an earlier version
   * @param evidence the alert's evidence
   * @return explanations in the order of the evidence; an event that no pattern of these rules
   *     matches has none
   */
  public Map<Event, Explanation> explain(Rule rule, List<Event> evidence) {
    List<String> spoken = new ArrayList<>(List.of(rule.name()));
    spoken.addAll(readable().before(rule.name()));
    Map<Event, Explanation> explanations = new LinkedHashMap<>();
    for (Event event : evidence) {
      explain(event).stream()
          .filter(Explanation::meetsOwnConditions)
          .filter(explanation -> spoken.contains(explanation.ruleName()))
          .min(Comparator.comparingInt(explanation -> spoken.indexOf(explanation.ruleName())))
          .ifPresent(explanation -> explanations.put(event, explanation));
    }
    return explanations;
  }

  /**
   * Returns an explainer that follows sequences from one record to the next: see {@link
   * SequenceExplainer}. Rules of a trusted directory that say more than the rule language allows
   * are not explained by it.
   */
  public SequenceExplainer sequences() {
    return new SequenceExplainer(this, new StageTrace(readable(), CompiledModels.sequences()));
  }

  /** How far back a rule looks: the longest of its sliding windows; empty if it has none. */
  public Optional<Duration> window(Rule rule) {
    return Optional.ofNullable(base.longestWindow(rule.name()));
  }

  /**
   * The texts of the rule files, for people to read.
   *
   * @return text by file name, without the directory; unmodifiable
   */
  public synchronized Map<String, String> files() {
    Map<String, String> read = files;
    if (read == null) {
      read = Collections.unmodifiableMap(readFiles.get());
      files = read;
    }
    return read;
  }

  private synchronized RuleSet readable() {
    RuleSet read = readable;
    if (read == null) {
      read = RuleSet.readable(files());
      readable = read;
    }
    return read;
  }

  /** The rules as the engine runs them. Internal: for the detector, not for embedders. */
  public RuleBase base() {
    return base;
  }
}
