package dev.iiswarden.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.drools.base.base.ClassObjectType;
import org.drools.core.reteoo.ObjectTypeNode;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
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
 * <p>There are two Drools rule bases of the same rules. The one for hosts works in STREAM mode. The
 * one for gates works in CLOUD mode, where an event does not expire: a gate never lets time pass,
 * and scheduling an expiry only to cancel it would cost a third of its throughput. Both are built
 * with {@link KieBaseMutabilityOption#DISABLED}, which lets Drools forget at once an event that no
 * rule's own conditions admit; the gate rests on that.
 */
public final class RuleBase {
  private final KieBase hosts;
  private final InternalKnowledgeBase gates;
  private final KieSessionConfiguration sessions;
  private final List<Class<?>> patternTypes = new ArrayList<>();

  /** Builds the rule bases from the executable models of a rule set. */
  public RuleBase(List<Model> models) {
    KieServices services = KieServices.get();
    hosts =
        KieBaseBuilder.createKieBaseFromModel(
            models, EventProcessingOption.STREAM, KieBaseMutabilityOption.DISABLED);
    gates =
        KieBaseBuilder.createKieBaseFromModel(
            models, EventProcessingOption.CLOUD, KieBaseMutabilityOption.DISABLED);
    sessions = services.newKieSessionConfiguration();
    sessions.setOption(ClockTypeOption.PSEUDO);
    // Each session is used under the lock of its stripe: locks of its own would only cost time.
    sessions.setOption(ThreadSafeOption.NO);
    for (ObjectTypeNode node : gates.getRete().getObjectTypeNodes()) {
      if (node.getObjectType() instanceof ClassObjectType type) {
        patternTypes.add(type.getClassType());
      }
    }
  }

  /**
   * Whether any rule has a pattern for facts of the given class. Others must not be shown to a
   * gate: Drools knows no timestamp for an event of which no rule speaks, and in CLOUD mode fails
   * on it.
   */
  boolean speaksOf(Class<?> factClass) {
    for (Class<?> type : patternTypes) {
      if (type.isAssignableFrom(factClass)) {
        return true;
      }
    }
    return false;
  }

  KieSession newHostSession() {
    return hosts.newKieSession(sessions, null);
  }

  KieSession newGateSession() {
    return gates.newKieSession(sessions, null);
  }

  /** The rules' names and annotations, as Drools hands them over. */
  public List<RuleDescription> describe() {
    List<RuleDescription> descriptions = new ArrayList<>();
    for (KiePackage kiePackage : hosts.getKiePackages()) {
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
