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
 * A rule set, ready to open sessions on. Immutable and safe for use by several threads.
 *
 * <p>It is built with {@link KieBaseMutabilityOption#DISABLED}, which lets Drools forget at once an
 * event that meets no pattern's own conditions.
 */
public final class RuleBase {
  private final List<Model> models;
  private final KieBase rules;
  private final KieSessionConfiguration sessions;
  private final Gate gate;
  private final Explainer explainer;
  private final Map<Set<String>, RuleBase> without = new ConcurrentHashMap<>();
  private final RuleBase whole;

  /** Builds the rule base from the executable models of a rule set. */
  public RuleBase(List<Model> models) {
    this(models, null);
  }

  private RuleBase(List<Model> models, @Nullable RuleBase partOf) {
    whole = partOf == null ? this : partOf;
    this.models = List.copyOf(models);
    rules =
        KieBaseBuilder.createKieBaseFromModel(
            models, EventProcessingOption.STREAM, KieBaseMutabilityOption.DISABLED);
    sessions = KieServices.get().newKieSessionConfiguration();
    sessions.setOption(ClockTypeOption.PSEUDO);
    // A session is only ever used by one thread at a time, but what a consequence is handed lies in
    // an array of the rule base, which all sessions share unless they say that they are
    // thread-safe.
    sessions.setOption(ThreadSafeOption.YES);
    // Conditions look up there what is not of the event.
    ValueResolver globals = (ValueResolver) newHostSession();
    gate = new Gate((InternalKnowledgeBase) rules, globals);
    explainer = new Explainer(rules, globals);
  }

  Gate gate() {
    return gate;
  }

  /** Whether some rule is interested in one of a record's facts, by the fact alone. */
  public boolean isInterestedIn(List<Event> facts) {
    try {
      return !gate.relevant(facts).isEmpty();
    } catch (RuntimeException e) {
      // A condition threw: whoever judges the record will say so.
      return true;
    }
  }

  KieSession newHostSession() {
    return rules.newKieSession(sessions, null);
  }

  /** Those rules of this set that a failure's message names: Drools says whose condition threw. */
  Set<String> namesOfRulesIn(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return describe().stream()
        .map(RuleDescription::name)
        .filter(name -> message.contains('"' + name + '"'))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The same rules but for those of the given names. */
  RuleBase without(Set<String> names) {
    return without.computeIfAbsent(
        names,
        unused ->
            new RuleBase(
                models.stream().<Model>map(model -> new PartialModel(model, names)).toList(),
                whole));
  }

  /** A rule set of its own, of these rules but for those of the given names. */
  public RuleBase alone(Set<String> names) {
    return new RuleBase(
        models.stream().<Model>map(model -> new PartialModel(model, names)).toList());
  }

  /** The rule set that this is, or is a part of. */
  RuleBase whole() {
    return whole;
  }

  /** What each pattern of each rule has to say of an event, its every condition tried. */
  public List<Explainer.RuleTrial> explain(Event event) {
    return explainer.explain(event);
  }

  /** The longest of a rule's sliding windows; null if it has none. */
  public @Nullable Duration longestWindow(String rule) {
    return explainer.longestWindow(rule);
  }

  /** The rules' names and annotations, as Drools hands them over. */
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
   * What a rule says of itself.
   *
   * @param name the name after {@code rule}
   * @param annotations its annotations by name, values as written
   */
  public record RuleDescription(String name, Map<String, Object> annotations) {}
}
