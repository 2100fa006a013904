package dev.iiswarden.engine;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.IisEvents.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.rules.RulesDirectory;
import dev.iiswarden.sink.InMemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that throws an exception costs no other rule its alerts. */
class RuleFailureTest {
  private static final String THROWS_IN_A_CONDITION =
      """
      package analyst;
      import dev.iiswarden.event.*;
      rule "throws on a process without a name" @id( "throws-in-condition" )
      when
          $e : Event( process.name.length() > 3 )
      then
          insert( new Detection( $e ) );
      end
      """;

  private static final String THROWS_IN_THE_CONSEQUENCE =
      """
      package analyst;
      import dev.iiswarden.event.*;
      rule "throws whenever it matches" @id( "throws-in-consequence" )
      when
          $e : Event()
      then
          insert( new Detection( $e.getProcess().getName().strip(), $e ) );
      end
      """;

  private static final String THROWS_IN_A_JOIN =
      """
      package analyst;
      import dev.iiswarden.event.*;
      rule "throws when it compares two events" @id( "throws-in-join" )
      when
          $r : RegistryEvent()
          FileEvent( process.name.length() > $r.registry.value.length() )
      then
          insert( new Detection( $r ) );
      end
      """;

  @TempDir private Path directory;
  private final InMemorySink sink = new InMemorySink();

  @Test
  void aConditionThatThrowsOnOneEventHarmsNoOther() throws IOException {
    try (Detector detector = detector(THROWS_IN_A_CONDITION)) {
      detector.accept(registration("r", "WEB", START));
      detector.accept(load("l", "WEB", START.plusSeconds(1)));
      detector.accept(unnamedProcess());
      detector.accept(drop("f", "WEB", START.plusSeconds(3)));
    }
    assertEquals(
        List.of(
            "registry-then-file [r, f]",
            "throws-in-condition [f]",
            "throws-in-condition [l]",
            "throws-in-condition [r]",
            "w3wp-module-load [l]"),
        raised());
  }

  @Test
  void aConsequenceThatThrowsLosesOnlyItsOwnMatch() throws IOException {
    try (Detector detector = detector(THROWS_IN_THE_CONSEQUENCE)) {
      detector.accept(registration("r", "WEB", START));
      detector.accept(drop("f", "WEB", START.plusSeconds(1)));
      detector.accept(load("l", "WEB", START.plusSeconds(2)));
      detector.flush();
      assertEquals(3, detector.counters().ruleFailures());
    }
    assertEquals(List.of("registry-then-file [r, f]", "w3wp-module-load [l]"), raised());
  }

  @Test
  void otherRulesSeeTheEventOnWhichAConditionThrows() throws IOException {
    try (Detector detector = detector(THROWS_IN_A_CONDITION)) {
      detector.accept(registration("r", "WEB", START));
      detector.accept(unnamed(drop("f", "WEB", START.plusSeconds(1))));
      detector.accept(load("l", "WEB", START.plusSeconds(2)));
      detector.flush();
      assertTrue(detector.counters().ruleFailures() > 0);
    }
    assertEquals(
        List.of(
            "registry-then-file [r, f]",
            "throws-in-condition [l]",
            "throws-in-condition [r]",
            "w3wp-module-load [l]"),
        raised());
  }

  @Test
  void otherRulesSeeTheEventsThatAConditionThrowsOnComparing() throws IOException {
    try (Detector detector = detector(THROWS_IN_A_JOIN)) {
      detector.accept(
          Decoded.of(
              List.of(unnamed(drop("both", "WEB", START)), registration("both", "WEB", START))));
      detector.accept(unnamed(drop("f", "WEB", START.plusSeconds(5))));
      detector.accept(load("l", "WEB", START.plusSeconds(6)));
      detector.flush();
      assertEquals(1, detector.counters().ruleFailures());
    }
    assertEquals(List.of("registry-then-file [both, f]", "w3wp-module-load [l]"), raised());
  }

  @Test
  void twoRulesMayThrowOnOneEvent() throws IOException {
    Files.writeString(
        directory.resolve("worse.drl"),
        THROWS_IN_A_CONDITION.replace("throws on a", "throws as well on a").replace("> 3", "> 4"));
    try (Detector detector = detector(THROWS_IN_A_CONDITION)) {
      detector.accept(registration("r", "WEB", START));
      detector.accept(unnamed(drop("f", "WEB", START.plusSeconds(1))));
    }
    assertEquals("registry-then-file [r, f]", raised().get(0));
  }

  private Detector detector(String badRule) throws IOException {
    for (String bundled : List.of("registry-then-file.drl", "w3wp-module-load.drl")) {
      Files.copy(Path.of("rules-drl", bundled), directory.resolve(bundled));
    }
    Files.writeString(directory.resolve("bad.drl"), badRule);
    return Detector.builder()
        .rules(RulesDirectory.at(directory).trusted().compile())
        .sink(sink)
        .build();
  }

  private static Event unnamedProcess() {
    return ProcessEvent.builder().timestamp(START.plusSeconds(2)).hostName("WEB").build();
  }

  private static FileEvent unnamed(FileEvent event) {
    return FileEvent.builder()
        .id(event.getEvent().getId())
        .timestamp(event.getTimestamp())
        .hostName(event.getHost().getName())
        .type(event.getEvent().getType())
        .path(event.getFile().getPath())
        .extension(event.getFile().getExtension())
        .build();
  }

  private List<String> raised() {
    return sink.alerts().stream()
        .map(
            alert ->
                alert.rule().id()
                    + " "
                    + alert.evidence().stream().map(event -> event.getEvent().getId()).toList())
        .sorted()
        .toList();
  }
}
