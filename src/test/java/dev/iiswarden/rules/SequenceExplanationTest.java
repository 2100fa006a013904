package dev.iiswarden.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.rules.Explanation.Outcome;
import dev.iiswarden.rules.SequenceExplanation.State;
import dev.iiswarden.scenario.Scenario;
import dev.iiswarden.scenario.ScenarioFile;
import dev.iiswarden.testing.IisEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SequenceExplanationTest {
  private static final Rules RULES = Rules.bundled();

  /** A time after the test stories begin. */
  private static Instant at(Duration span) {
    return IisEvents.START.plus(span);
  }

  private static LibraryEvent load(String path, Instant time) {
    return LibraryEvent.builder()
        .timestamp(time)
        .hostName("WEB01")
        .processName("w3wp.exe")
        .path(path)
        .build();
  }

  /** Explains the last of several events, by one rule. */
  private static List<SequenceExplanation> explain(Rules rules, String rule, Event... events) {
    try (SequenceExplainer sequences = rules.sequences()) {
      for (int i = 0; i < events.length - 1; i++) {
        sequences.accept(List.of(events[i]));
      }
      return sequences.explain(List.of(events[events.length - 1])).stream()
          .filter(explanation -> rule.equals(explanation.ruleId()))
          .toList();
    }
  }

  /** Rules whose only window is within a not, so they join the event with nothing. */
  private static final Set<String> OF_ONE_EVENT =
      Set.of("unsigned-site-load", "unsigned-load-elsewhere", "web-config-written");

  private static SequenceExplanation only(String rule, Event... events) {
    List<SequenceExplanation> explanations = explain(RULES, rule, events);
    assertEquals(1, explanations.size(), explanations::toString);
    return explanations.get(0);
  }

  private static SequenceExplanation.Stage stage(SequenceExplanation explanation) {
    SequenceExplanation.Stage stage = explanation.stage();
    assertNotNull(stage);
    return stage;
  }

  @Test
  void anEventThatBeginsASequenceSaysWhatItWaitsFor() {
    SequenceExplanation opened =
        only("registry-then-file", IisEvents.registration("r", "WEB01", IisEvents.START));

    assertEquals(State.OPENS, opened.state());
    assertEquals("IIS component registered in the registry", opened.madeBy());
    assertEquals("registry-then-file", stage(opened).sequence());
    assertEquals(at(Duration.ofMillis(3_600_001)), stage(opened).until());
    assertTrue(opened.missing().startsWith("$dropped : FileEvent( follows( $registered"));
  }

  @Test
  void withoutAFirstEventTheRulesThatBeginTheSequenceAreNamed() {
    SequenceExplanation none =
        only("registry-then-file", IisEvents.drop("d", "WEB01", IisEvents.START));

    assertEquals(State.NONE, none.state());
    assertNull(none.stage());
    assertEquals(List.of("IIS component registered in the registry"), none.begunBy());
  }

  @Test
  void anEventThatCompletesASequenceMeetsItsConditions() {
    SequenceExplanation matched =
        only(
            "registry-then-file",
            IisEvents.registration("r", "WEB01", IisEvents.START),
            IisEvents.drop("d", "WEB01", at(Duration.ofHours(1))));

    assertEquals(State.MATCHES, matched.state());
    assertEquals(
        List.of(Outcome.MET),
        matched.conditions().stream().map(SequenceExplanation.Condition::outcome).toList());
  }

  @Test
  void aConditionThatIsNotMetShowsBothValues() {
    SequenceExplanation open =
        only(
            "drop-then-load",
            IisEvents.drop("d", "WEB01", IisEvents.START),
            load("C:\\inetpub\\other.dll", at(Duration.ofMinutes(1))));

    assertEquals(State.OPEN, open.state());
    assertEquals(
        List.of("follows( $dropped, \"1d\" ) MET", "samePath( dll.path, $dropped.key ) NOT_MET"),
        open.conditions().stream()
            .map(condition -> condition.text() + " " + condition.outcome())
            .toList());
    assertEquals(
        List.of("dll.path is C:\\inetpub\\other.dll", "$dropped.key is c:\\inetpub\\filter.dll"),
        open.conditions().get(1).values());
  }

  @Test
  void aStageThatHasEndedSaysHow() {
    Event registered = IisEvents.registration("r", "WEB01", IisEvents.START);
    Event dropped = IisEvents.drop("d", "WEB01", at(Duration.ofMinutes(1)));

    SequenceExplanation expired =
        only(
            "registry-then-file",
            registered,
            IisEvents.drop("d", "WEB01", at(Duration.ofMillis(3_600_001))));
    assertEquals(State.EXPIRED, expired.state());

    SequenceExplanation completed =
        only(
            "registry-then-file",
            registered,
            dropped,
            IisEvents.drop("e", "WEB01", at(Duration.ofMinutes(2))));
    assertEquals(State.COMPLETED, completed.state());
    Event by = stage(completed).closedBy();
    assertEquals("d", by == null ? null : by.getEvent().getId());

    SequenceExplanation elsewhere =
        only(
            "registry-then-file",
            registered,
            IisEvents.drop("d", "WEB02", at(Duration.ofMinutes(1))));
    assertEquals(State.ON_ANOTHER_HOST, elsewhere.state());
    assertEquals("WEB01", stage(elsewhere).event().getHost().getName());
  }

  @Test
  void aNewerSequenceTakesThePlaceOfTheOneThatWaits() {
    SequenceExplanation matched =
        only(
            "registry-then-file",
            IisEvents.registration("r", "WEB01", IisEvents.START),
            IisEvents.registration("s", "WEB01", at(Duration.ofMinutes(1))),
            IisEvents.drop("d", "WEB01", at(Duration.ofMinutes(2))));

    assertEquals(State.MATCHES, matched.state());
    assertEquals("s", stage(matched).event().getEvent().getId());
  }

  @Test
  void aSequenceThatWouldHaveFittedIsShownBesideOneThatIsOpen() {
    FileEvent other =
        FileEvent.builder()
            .timestamp(at(Duration.ofHours(20)))
            .hostName("WEB01")
            .type("creation")
            .path("C:\\inetpub\\other.dll")
            .extension("dll")
            .build();
    List<SequenceExplanation> explanations =
        explain(
            RULES,
            "drop-then-load",
            IisEvents.drop("d", "WEB01", IisEvents.START),
            other,
            load("C:\\inetpub\\filter.dll", at(Duration.ofHours(25))));

    assertEquals(
        List.of(State.OPEN, State.EXPIRED),
        explanations.stream().map(SequenceExplanation::state).toList());
  }

  @Test
  void anActionThatIsLoggedTwiceCountsOnce() {
    FileEvent.Builder drop =
        FileEvent.builder()
            .hostName("WEB01")
            .type("creation")
            .path("C:\\inetpub\\filter.dll")
            .extension("dll")
            .processName("powershell.exe")
            .countOnce();
    SequenceExplanation again =
        only(
            "registry-then-file",
            drop.code("11").timestamp(IisEvents.START).build(),
            IisEvents.registration("r", "WEB01", at(Duration.ofSeconds(1))),
            drop.code("4663").timestamp(at(Duration.ofSeconds(2))).build());

    assertEquals(State.LOGGED_BEFORE, again.state());
  }

  @Test
  void aRegistrationThatARuleRecognisesTakesPartAsAFactOfItsOwn() {
    Event appcmd =
        ProcessEvent.builder()
            .timestamp(at(Duration.ofMinutes(1)))
            .hostName("WEB01")
            .type("start")
            .process(
                ProcessFields.builder()
                    .name("appcmd.exe")
                    .commandLine("appcmd install module /name:x /image:C:\\inetpub\\filter.dll")
                    .build())
            .build();
    SequenceExplanation matched =
        only("drop-then-registration", IisEvents.drop("d", "WEB01", IisEvents.START), appcmd);

    assertEquals(State.MATCHES, matched.state());
    assertEquals("ModuleRegistration", matched.factType());
    assertEquals("IIS module registered with appcmd", matched.madeBy());
  }

  @Test
  void anEarlierEventInAWindowIsAStageToo() {
    Rules rules =
        Rules.fromFiles(
            Map.of(
                "pair.drl",
                """
                package iiswarden.rules;
                import dev.iiswarden.event.*;
                import function dev.iiswarden.event.Eql.*;
                rule "pair" @id( "pair" ) @severity( "low" )
                when
                    $first  : FileEvent( like( file.path, "*filter.dll" ) ) over window:time( 1h )
                    $second : LibraryEvent( follows( $first, "30m" ) )
                then
                    insert( new Detection( $first, $second ) );
                end
                """));
    Event dropped = IisEvents.drop("d", "WEB01", IisEvents.START);

    assertEquals(
        State.MATCHES,
        explain(rules, "pair", dropped, load("C:\\x.dll", at(Duration.ofMinutes(30))))
            .get(0)
            .state());
    SequenceExplanation late =
        explain(rules, "pair", dropped, load("C:\\x.dll", at(Duration.ofMinutes(31)))).get(0);
    assertEquals(State.OPEN, late.state());
    assertEquals(
        List.of(
            "this is of 2026-03-01T03:31:00Z by w3wp.exe",
            "$first is of 2026-03-01T03:00:00Z by powershell.exe"),
        late.conditions().get(0).values());
  }

  static Stream<Scenario> scenarios() {
    return ScenarioFile.readAll(Path.of("rules-drl/scenarios")).stream();
  }

  /**
   * Of each event, the rules that join it with an open stage, as often as they raise an alert or
   * are said to; and the conditions alone say the same as the engine.
   */
  @ParameterizedTest
  @MethodSource("scenarios")
  void whatIsSaidToCompleteASequenceIsWhatRaisesTheAlert(Scenario scenario) {
    List<Event> inOrder = new ArrayList<>(scenario.events());
    inOrder.sort(Comparator.comparing(Event::getTimestamp));
    List<Alert> alerts = new ArrayList<>();
    try (Detector detector =
            Detector.builder()
                .rules(RULES)
                .lateness(Duration.ZERO)
                .mostAlertsPerHour(Integer.MAX_VALUE, Integer.MAX_VALUE)
                .sink(alerts::add)
                .suppressedSink(alerts::add)
                .build();
        SequenceExplainer sequences = RULES.sequences()) {
      for (Event event : inOrder) {
        alerts.clear();
        detector.accept(event);
        List<Alert> raised =
            alerts.stream()
                .filter(alert -> RULES.window(alert.rule()).isPresent())
                .filter(alert -> !OF_ONE_EVENT.contains(alert.rule().id()))
                .toList();
        List<SequenceExplanation> said =
            sequences.explain(List.of(event)).stream()
                .filter(explanation -> explanation.ruleId() != null)
                .toList();
        List<SequenceExplanation> matched =
            said.stream().filter(explanation -> explanation.state() == State.MATCHES).toList();
        assertEquals(
            raised.stream().map(alert -> alert.rule().id()).sorted().toList(),
            matched.stream()
                .map(explanation -> String.valueOf(explanation.ruleId()))
                .sorted()
                .toList());
        assertEquals(
            matched,
            said.stream()
                .filter(explanation -> isOpen(explanation) && meetsAll(explanation))
                .filter(explanation -> matched.contains(explanation) || !hasNot(explanation))
                .toList());
        for (SequenceExplanation explanation : matched) {
          String stage = stage(explanation).event().getEvent().getId();
          assertTrue(
              raised.stream()
                  .filter(alert -> alert.rule().id().equals(explanation.ruleId()))
                  .flatMap(alert -> alert.evidence().stream())
                  .anyMatch(one -> String.valueOf(one.getEvent().getId()).equals(stage)),
              explanation::toString);
        }
      }
    }
  }

  /** Whether something else may keep the rule from firing, which no condition of it shows. */
  private static boolean hasNot(SequenceExplanation explanation) {
    return RULES.files().getOrDefault(explanation.ruleId() + ".drl", "").contains("    not ");
  }

  private static boolean isOpen(SequenceExplanation explanation) {
    return explanation.state() == State.MATCHES || explanation.state() == State.OPEN;
  }

  /** Whether the conditions alone, without what the engine says, let the event complete it. */
  private static boolean meetsAll(SequenceExplanation explanation) {
    return explanation.conditions().stream()
            .allMatch(condition -> condition.outcome() == Outcome.MET)
        && (explanation.madeBy() != null
            || RULES.explain(explanation.event()).stream()
                .anyMatch(
                    own ->
                        own.ruleName().equals(explanation.ruleName()) && own.meetsOwnConditions()));
  }
}
