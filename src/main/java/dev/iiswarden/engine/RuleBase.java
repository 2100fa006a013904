package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.drools.base.base.ValueResolver;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.conf.EventProcessingOption;
import org.kie.api.conf.KieBaseMutabilityOption;
import org.kie.api.definition.KiePackage;
import org.kie.api.definition.rule.Rule;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.conf.ThreadSafeOption;

/**
 * A rule set from which sessions are opened, made from the executable models of the rules.
 * Immutable and safe for use by several threads.
 *
 * <p>It is built with {@link KieBaseMutabilityOption#DISABLED}, with which Drools immediately
 * discards an event that does not meet the conditions of any pattern on its own.
 */
public final class RuleBase {
  private final List<Model> models;
  private final ConditionReader reader;
  private final KieBase rules;
  private final KieSessionConfiguration sessions;
  private final Gate gate;
  private final LaterStages laterStages;
  private final Explainer explainer;
  private final Map<Set<String>, RuleBase> without = new ConcurrentHashMap<>();
  private final RuleBase whole;

  /**
   * Creates a rule base from the executable models of a rule set.
   *
   * @param reader reads the conditions of compiled rules
   */
  public RuleBase(List<Model> models, ConditionReader reader) {
    this(models, reader, null);
  }

  private RuleBase(List<Model> models, ConditionReader reader, @Nullable RuleBase partOf) {
    whole = partOf == null ? this : partOf;
    this.models = List.copyOf(models);
    this.reader = reader;
    rules =
        KieBaseBuilder.createKieBaseFromModel(
            models, EventProcessingOption.STREAM, KieBaseMutabilityOption.DISABLED);
    sessions = KieServices.get().newKieSessionConfiguration();
    sessions.setOption(ClockTypeOption.PSEUDO);
    // Only one thread at a time uses a session. But Drools passes the arguments of a consequence in
    // an array of the rule base, which all sessions share unless they are declared thread-safe.
    sessions.setOption(ThreadSafeOption.YES);
    // Conditions look up values there that are not part of the event.
    ValueResolver globals = (ValueResolver) newHostSession();
    gate = new Gate((InternalKnowledgeBase) rules, globals, reader);
    laterStages = new LaterStages((InternalKnowledgeBase) rules, globals, reader);
    explainer = new Explainer(rules, globals);
  }

  Gate gate() {
    return gate;
  }

  /**
   * Whether one of a record's facts is relevant to some rule, judged by the fact alone, or is part
   * of a script block that may be.
   */
  public boolean isInterestedIn(List<Event> facts) {
    try {
      return !gate.needed(facts).isEmpty();
    } catch (RuntimeException e) {
      // A condition threw an exception. Evaluating the record will report it.
      return true;
    }
  }

  LaterStages laterStages() {
    return laterStages;
  }

  KieSession newHostSession() {
    return rules.newKieSession(sessions, null);
  }

  /** Returns the rules that a failure's message names: Drools says whose condition threw. */
  Set<String> namesOfRulesIn(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return describe().stream()
        .map(RuleDescription::name)
        .filter(name -> message.contains('"' + name + '"'))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the same rule set without the rules of the given names. */
  RuleBase without(Set<String> names) {
    return without.computeIfAbsent(
        names,
        unused ->
            new RuleBase(
                models.stream().<Model>map(model -> new PartialModel(model, names)).toList(),
                reader,
                whole));
  }

  /** Returns a new, independent rule set of these rules without those of the given names. */
  public RuleBase alone(Set<String> names) {
    return new RuleBase(
        models.stream().<Model>map(model -> new PartialModel(model, names)).toList(), reader);
  }

  /**
   * Returns the complete rule set, which is this one unless this one was made by {@link #without}.
   */
  RuleBase whole() {
    return whole;
  }

  /** Returns the result of every condition of every pattern of every rule for an event. */
  public List<Explainer.RuleTrial> explain(Event event) {
    return explainer.explain(event);
  }

  /** Returns the longest sliding window of a rule; null if it has none. */
  public @Nullable Duration longestWindow(String rule) {
    return explainer.longestWindow(rule);
  }

  /** Returns the names and annotations of the rules, as Drools provides them. */
  public List<RuleDescription> describe() {
    List<RuleDescription> descriptions = new ArrayList<>();
    for (KiePackage kiePackage : rules.getKiePackages()) {
      for (Rule rule : kiePackage.getRules()) {
        descriptions.add(new RuleDescription(rule.getName(), rule.getMetaData()));
      }
    }
    return descriptions;
  }

  /**
   * A rule's name and annotations.
   *
   * @param name the name after {@code rule}
   * @param annotations the annotations by name, values as written
   */
  public record RuleDescription(String name, Map<String, Object> annotations) {}
}
