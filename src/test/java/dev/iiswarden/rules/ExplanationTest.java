package dev.iiswarden.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.rules.Explanation.Outcome;
import dev.iiswarden.testing.IisEvents;
import dev.iiswarden.testing.SampleIntrusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationTest {
  @TempDir Path directory;

  private static List<String> outcomes(Explanation explanation) {
    return explanation.conditions().stream()
        .map(condition -> condition.outcome() + " " + condition.text().replaceAll("\\(.*", ""))
        .toList();
  }

  private static Explanation only(Rules rules, Event event) {
    List<Explanation> explanations = rules.explain(event);
    assertEquals(1, explanations.size(), explanations::toString);
    return explanations.get(0);
  }

  @Test
  void aRuleThatFiresHasAllItsConditionsMet() {
    Explanation explanation =
        only(Rules.baseQuery(), IisEvents.load("l", "WEB01", IisEvents.START));

    assertEquals("w3wp-module-load", explanation.ruleId());
    assertEquals("LibraryEvent", explanation.factType());
    assertTrue(explanation.meetsOwnConditions());
    assertEquals(List.of(), explanation.others());
    assertEquals("like( process.name, \"w3wp.exe\" )", explanation.conditions().get(0).text());
  }

  @Test
  void everyConditionIsTriedEvenBehindOneThatIsNotMet() {
    FileEvent event =
        FileEvent.builder()
            .timestamp(IisEvents.START)
            .type("deletion")
            .path("C:\\inetpub\\x.exe")
            .extension("exe")
            .processName("setup.exe")
            .build();
    Explanation explanation = only(Rules.baseQuery(), event);

    assertFalse(explanation.meetsOwnConditions());
    assertEquals(
        List.of(
            "DEPENDS_ON_OTHER_FACTS follows",
            "NOT_MET oneOf",
            "NOT_MET like",
            "MET like",
            "NOT_MET notLike"),
        outcomes(explanation));
  }

  @Test
  void whatElseARuleWantsToSeeIsNamed() {
    Explanation explanation =
        only(Rules.baseQuery(), IisEvents.drop("d", "WEB01", IisEvents.START));

    assertTrue(explanation.meetsOwnConditions());
    assertEquals(
        List.of("$registered : PendingSequence( name == \"registry-then-file\" ) within 1h1ms"),
        explanation.others());
  }

  @Test
  void aRuleThatBeginsASequenceHasNoId() {
    Explanation explanation =
        only(Rules.baseQuery(), IisEvents.registration("r", "WEB01", IisEvents.START));

    assertNull(explanation.ruleId());
    assertEquals("IIS component registered in the registry", explanation.ruleName());
  }

  @Test
  void rulesAboutOtherFactsSayNothing() {
    ProcessEvent event = ProcessEvent.builder().timestamp(IisEvents.START).build();

    assertEquals(List.of(), Rules.baseQuery().explain(event));
  }

  @Test
  void rulesFromADirectoryAreExplainedLikeTheBundledOnes() {
    Event event = IisEvents.drop("d", "WEB01", IisEvents.START);

    assertEquals(
        Rules.bundled().explain(event), Rules.fromDirectory(Path.of("rules-drl")).explain(event));
  }

  @Test
  void aConditionThatThrowsHasFailed() throws IOException {
    Files.writeString(
        directory.resolve("x.drl"),
        """
        package iiswarden.rules;
        import dev.iiswarden.event.*;
        rule "throws" @id( "throws" ) @severity( "low" )
        when
            FileEvent( file.path.length() > 3 )
            not ProcessEvent( process.pid == 4 )
        then
        end
        """);
    Explanation explanation =
        only(
            Rules.fromDirectory(directory), FileEvent.builder().timestamp(IisEvents.START).build());

    assertEquals(Outcome.FAILED, explanation.conditions().get(0).outcome());
    assertFalse(explanation.meetsOwnConditions());
    assertEquals(List.of("ProcessEvent( process.pid == 4 )"), explanation.others());
  }

  @Test
  void anAlertIsExplainedByTheRulesThatTookItsEvidence() throws IOException {
    Rules rules = Rules.bundled();
    Alert alert = SampleIntrusion.alert("registration-by-worker-process");
    Map<Event, Explanation> explanations = rules.explain(alert.rule(), alert.evidence());

    assertEquals(List.copyOf(explanations.keySet()), alert.evidence());
    assertEquals(
        List.of(
            "process started by the IIS worker process",
            "process started by a descendant of the IIS worker process",
            "DLL named under an IIS registry key"),
        explanations.values().stream().map(Explanation::ruleName).toList());
    assertTrue(explanations.values().stream().allMatch(Explanation::meetsOwnConditions));
  }

  @Test
  void howFarARuleLooksBackIsItsLongestWindow() throws IOException {
    Rules rules = Rules.bundled();

    assertEquals(
        Optional.of(Duration.ofHours(1).plusMillis(1)),
        rules.window(SampleIntrusion.alert("registry-then-file").rule()));
    assertEquals(Optional.empty(), rules.window(SampleIntrusion.alert("drop-into-inetsrv").rule()));
  }

  @Test
  void theFilesOfRulesCanBeRead() throws IOException {
    assertEquals(RulesDirectory.at(Path.of("rules-drl")).read(), Rules.bundled().files());
    assertEquals(
        Set.of("registry-then-file.drl", "w3wp-module-load.drl"),
        Rules.baseQuery().files().keySet());
  }
}
