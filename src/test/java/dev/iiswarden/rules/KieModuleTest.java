package dev.iiswarden.rules;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.iiswarden.event.Detection;
import dev.iiswarden.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.kie.api.KieServices;
import org.kie.api.builder.model.KieBaseModel;
import org.kie.api.builder.model.KieSessionModel;
import org.kie.api.conf.EventProcessingOption;
import org.kie.api.conf.KieBaseMutabilityOption;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.conf.ClockTypeOption;

/** The jar can be loaded the KIE way, with the options that the engine sets in code. */
class KieModuleTest {
  private static final String BASE = "iiswarden.rules";
  private static final String SESSION = "dev.iiswarden.host";

  private final KieContainer container = KieServices.get().getKieClasspathContainer();

  @Test
  void theBaseHasTheOptionsOfTheEngine() {
    KieBaseModel base = container.getKieBaseModel(BASE);
    assertEquals(EventProcessingOption.STREAM, base.getEventProcessingMode());
    assertEquals(KieBaseMutabilityOption.DISABLED, base.getMutability());
    assertEquals(ClockTypeOption.PSEUDO, session(base).getClockType());
  }

  @Test
  void theJarTakesNoDefaultFromItsHostApplication() {
    KieBaseModel base = container.getKieBaseModel(BASE);
    assertFalse(base.isDefault());
    assertFalse(session(base).isDefault());
  }

  @Test
  void aSessionOfTheModuleDetects() {
    KieSession session = container.newKieSession(SESSION);
    try {
      List<Event> evidence = new ArrayList<>();
      session.addEventListener(
          new DefaultRuleRuntimeEventListener() {
            @Override
            public void objectInserted(ObjectInsertedEvent event) {
              if (event.getObject() instanceof Detection detection
                  && event.getRule().getName().startsWith("DLL dropped into an IIS folder after")) {
                evidence.addAll(detection.getEvidence());
              }
            }
          });
      Event first = registration("r", "WEB", START).placed(1, 0);
      Event second = drop("f", "WEB", START.plusSeconds(1)).placed(2, 0);
      for (Event event : List.of(first, second)) {
        session.insert(event);
        session.fireAllRules();
      }
      assertEquals(List.of(first, second), evidence);
    } finally {
      session.dispose();
    }
  }

  private static KieSessionModel session(KieBaseModel base) {
    return Objects.requireNonNull(base.getKieSessionModels().get(SESSION));
  }
}
