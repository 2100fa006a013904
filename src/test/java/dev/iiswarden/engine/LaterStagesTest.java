package dev.iiswarden.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import dev.iiswarden.testing.IisEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.drools.core.time.TimerService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kie.api.runtime.KieSession;
import org.kie.api.time.SessionPseudoClock;

/**
 * An event that needs no session says nothing to a session without facts, whatever rules an analyst
 * writes.
 */
class LaterStagesTest {
  private static final Event DROP = IisEvents.drop("drop", "WEB", IisEvents.START);
  private static final Event REGISTRATION =
      IisEvents.registration("registration", "WEB", IisEvents.START);

  @Test
  void saysNothingWithTheBundledRules() {
    assertSaysNothing(Rules.bundled().base());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RegistryEvent() FileEvent()",
        "RegistryEvent( registry.value == \"Path\" ) not FileEvent( file.extension == \"dll\" )",
        "$r : RegistryEvent() not FileEvent( this after[ 0s, 1h ] $r )",
        "not RegistryEvent() FileEvent( file.extension == \"dll\" )",
        "exists LibraryEvent( process.name == \"w3wp.exe\" )",
        "not ( RegistryEvent() and FileEvent() ) LibraryEvent()",
        "RegistryEvent() not ( FileEvent() and LibraryEvent() )",
        "forall( $e : FileEvent() FileEvent( this == $e, file.extension == \"dll\" ) )",
        "$r : RegistryEvent() FileEvent( this after[ 0s, 1h ] $r )",
        "$f : FileEvent() $r : RegistryEvent( this after[ 0s, 1h ] $f )",
        "RegistryEvent() FileEvent( file.extension == \"dll\" ) over window:time( 1h )",
        "RegistryEvent() FileEvent() over window:length( 3 )",
        "RegistryEvent() over window:time( 1h ) FileEvent()",
        "FileEvent() over window:time( 1h ) FileEvent()",
        "RegistryEvent() accumulate( FileEvent(); $n : count( 1 ); $n > 2 )",
        "accumulate( FileEvent(); $n : count( 1 ); $n == 1 )",
        "Event() FileEvent()",
        "Object() FileEvent()",
        "RegistryEvent() Event()",
        "RegistryEvent() or FileEvent()",
        "Integer() FileEvent()",
        "eval( true ) FileEvent()",
      })
  void saysNothingWith(String pattern) {
    assertSaysNothing(rules(pattern));
  }

  @Test
  void isRecognisedIfASequenceNeedsAnEarlierFact() {
    assertTrue(Rules.baseQuery().base().laterStages().areAll(List.of(DROP)));
    assertTrue(rules("RegistryEvent() FileEvent()").laterStages().areAll(List.of(DROP)));
    assertFalse(rules("FileEvent() RegistryEvent()").laterStages().areAll(List.of(DROP)));
  }

  @Test
  void isNotRecognisedIfAnotherFactOfTheRecordBegins() {
    LaterStages stages = rules("RegistryEvent() FileEvent()").laterStages();
    assertFalse(stages.areAll(List.of(DROP, REGISTRATION)));
  }

  @Test
  void isNotRecognisedIfARuleKeepsIt() {
    assertFalse(
        rules("RegistryEvent() FileEvent() over window:time( 1h )")
            .laterStages()
            .areAll(List.of(DROP)));
  }

  @Test
  void isNotRecognisedIfNothingNeedsToComeBefore() {
    LaterStages stages = rules("not RegistryEvent() FileEvent()").laterStages();
    assertFalse(stages.areAll(List.of(DROP)));
  }

  @Test
  void isNotRecognisedIfAConditionThrows() {
    LaterStages stages =
        rules("RegistryEvent() FileEvent( file.path.substring( 1000 ) != \"\" )").laterStages();
    assertFalse(stages.areAll(List.of(DROP)));
  }

  @Test
  void isForgottenAMillisecondLater() {
    try (Stripe stripe = stripe(Rules.baseQuery().base())) {
      assertEquals(List.of(), stripe.accept(List.of(DROP)));
      assertEquals(1, stripe.tally().openFacts());
      stripe.advanceTo(DROP.getSessionTime() + 1);
      assertEquals(0, stripe.tally().openHosts());
    }
  }

  @Test
  void meetsWhatBeginsInTheSameMillisecond() {
    try (Stripe stripe = stripe(rules("$r : RegistryEvent() $f : FileEvent()"))) {
      assertEquals(List.of(), stripe.accept(List.of(DROP)));
      assertEquals(List.of(), stripe.accept(List.of(DROP)));
      assertEquals(2, stripe.accept(List.of(REGISTRATION)).size());
    }
  }

  @Test
  void isForgottenWhenALaterOneComes() {
    Event next = IisEvents.drop("next", "WEB", IisEvents.START.plusMillis(1));
    Event registration =
        IisEvents.registration("registration", "WEB", IisEvents.START.plusMillis(1));
    try (Stripe stripe = stripe(rules("$r : RegistryEvent() $f : FileEvent()"))) {
      assertEquals(List.of(), stripe.accept(List.of(DROP)));
      assertEquals(List.of(), stripe.accept(List.of(next)));
      assertEquals(1, stripe.accept(List.of(registration)).size());
    }
  }

  @Test
  void maySaySomethingToOtherRules() {
    try (Stripe stripe = stripe(rules("$r : RegistryEvent() $f : FileEvent()"))) {
      assertEquals(List.of(), stripe.accept(List.of(DROP)));
      stripe.use(rules("$f : FileEvent() $r : RegistryEvent()"));
      assertEquals(1, stripe.accept(List.of(REGISTRATION)).size());
    }
  }

  private static Stripe stripe(RuleBase rules) {
    HostContext context =
        new HostContext(
            Duration.ZERO,
            EventClock.LEAP,
            InstantSource.fixed(IisEvents.START),
            new LongAdder(),
            Ceilings.DEFAULT,
            new FloodLog(),
            new RuleFailureLog(),
            Budgets.forFactsPerHost(1_000),
            new BudgetLog());
    return new Stripe(rules, context, null, new SeenRecords(), new Handovers());
  }

  private static RuleBase rules(String pattern) {
    String consequence =
        pattern.contains("$f") && pattern.contains("$r")
            ? "insert( new Detection( $r, $f ) );"
            : "";
    return RulesDirectory.at(Path.of(""))
        .trusted()
        .compile(
            Map.of(
                "test.drl",
                "package test;\nimport dev.iiswarden.event.*;\nrule \"test\" when\n"
                    + pattern
                    + "\nthen\n"
                    + consequence
                    + "\nend\n"))
        .base();
  }

  private static void assertSaysNothing(RuleBase rules) {
    for (Event event : GateTest.EVENTS) {
      if (rules.laterStages().areAll(List.of(event))) {
        assertSaysNothing(rules, event);
      }
    }
  }

  private static void assertSaysNothing(RuleBase rules, Event event) {
    KieSession session = rules.newHostSession();
    try {
      SessionPseudoClock clock = session.getSessionClock();
      clock.advanceTime(event.getSessionTime(), TimeUnit.MILLISECONDS);
      session.fireAllRules();
      session.insert(event);
      assertEquals(0, session.fireAllRules(), () -> "rules that fire for " + event);
      clock.advanceTime(LaterStages.MILLIS, TimeUnit.MILLISECONDS);
      assertEquals(0, session.fireAllRules(), () -> "rules that fire after " + event);
      assertEquals(0, session.getFactCount(), () -> "facts that remain of " + event);
      assertEquals(-1, ((TimerService) clock).getTimeToNextJob(), () -> "jobs of " + event);
    } finally {
      session.dispose();
    }
  }
}
