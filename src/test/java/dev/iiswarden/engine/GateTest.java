package dev.iiswarden.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import dev.iiswarden.testing.IisEvents;
import dev.iiswarden.testing.OrdinaryEvents;
import dev.iiswarden.testing.Vector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kie.api.runtime.KieSession;

/**
 * The gate admits exactly the events that a session would keep, whatever rules an analyst writes.
 */
class GateTest {
  /** Ordinary events, and the published events of each rule. */
  static final List<Event> EVENTS = events();

  @Test
  void agreesWithSessionsOnTheBundledRules() {
    assertAgreesWithSessions(Rules.bundled().base());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ProcessEvent()",
        "FileEvent( file.extension == \"dll\" )",
        "FileEvent( file.extension == \"dll\", event.type contains \"creation\" )",
        "FileEvent( file.extension == \"dll\" ) or LibraryEvent( process.name == \"w3wp.exe\" )",
        "FileEvent( file.extension == \"dll\" || file.path matches \".*inetpub.*\" )",
        "RegistryEvent( registry.value == \"Path\" ) not FileEvent( file.extension == \"dll\" )",
        "exists LibraryEvent( process.name == \"w3wp.exe\" )",
        "forall( $e : FileEvent() FileEvent( this == $e, file.extension == \"dll\" ) )",
        "$r : RegistryEvent( registry.value == \"DLL\" )"
            + " FileEvent( this after[ 0s, 1h ] $r, file.extension == \"dll\" )",
        "FileEvent( file.extension == \"dll\" ) over window:time( 1h )",
        "FileEvent( file.extension == \"dll\" ) over window:length( 3 )",
        "accumulate( FileEvent( file.extension == \"dll\" ) over window:time( 1h );"
            + " $n : count( 1 ); $n > 2 )",
        "$e : Event( host.name == \"WEB01\" )",
        "$e : FileEvent() $t : String( this == \"dll\" ) from $e.file.extension",
        "$e : FileEvent() eval( $e.getFile().getExtension() != null )",
      })
  void agreesWithSessionsOn(String pattern) {
    assertAgreesWithSessions(
        RulesDirectory.at(Path.of(""))
            .trusted()
            .compile(
                Map.of(
                    "test.drl",
                    "package test;\nimport dev.iiswarden.event.*;\nrule \"test\" when\n"
                        + pattern
                        + "\nthen\nend\n"))
            .base());
  }

  @Test
  void letsThroughOnlyTheFactsOfARecordThatMatter() {
    Instant time = IisEvents.START;
    Event wanted = IisEvents.drop("f", "WEB", time);
    Event unwanted = ProcessEvent.builder().timestamp(time).hostName("WEB").build();
    assertEquals(
        List.of(wanted), Rules.bundled().base().gate().relevant(List.of(unwanted, wanted)));
  }

  @Test
  void handsOnTheSameListIfAllOfARecordMatters() {
    List<Event> facts = List.of(IisEvents.drop("f", "WEB", IisEvents.START));
    assertSame(facts, Rules.bundled().base().gate().relevant(facts));
  }

  private static void assertAgreesWithSessions(RuleBase rules) {
    List<Event> kept = EVENTS.stream().filter(event -> isKeptBySession(rules, event)).toList();
    assertFalse(kept.isEmpty(), "no event is of interest to these rules");
    assertTrue(kept.size() < EVENTS.size() || rules.describe().size() < 4);
    assertEquals(kept, admitted(rules.gate()), "the first events");
    for (int i = 0; i < 300; i++) {
      EVENTS.forEach(event -> rules.gate().relevant(List.of(event)));
    }
    assertEquals(kept, admitted(rules.gate()), "when there are many events");
  }

  private static List<Event> admitted(Gate gate) {
    return EVENTS.stream().filter(event -> !gate.relevant(List.of(event)).isEmpty()).toList();
  }

  /**
   * Asks Drools: with an immutable rule base, an event that no pattern admits is discarded at once.
   */
  private static boolean isKeptBySession(RuleBase rules, Event event) {
    KieSession session = rules.newHostSession();
    try {
      long before = session.getFactCount();
      session.insert(event);
      session.fireAllRules(match -> false);
      return session.getFactCount() > before;
    } finally {
      session.dispose();
    }
  }

  private static List<Event> events() {
    List<Event> events = new ArrayList<>(OrdinaryEvents.facts(50, 3));
    for (Vector vector : Vector.all()) {
      for (String line : vector.lines().subList(0, Math.min(vector.lines().size(), 30))) {
        events.addAll(EventDecoders.ecs().decode(line.getBytes(StandardCharsets.UTF_8)).events());
      }
    }
    events.add(FileEvent.builder().timestamp(IisEvents.START).build());
    events.add(RegistryEvent.builder().timestamp(IisEvents.START).build());
    return events;
  }
}
