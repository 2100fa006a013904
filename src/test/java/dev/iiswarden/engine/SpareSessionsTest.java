package dev.iiswarden.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import dev.iiswarden.testing.IisEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** A session that one host has given back serves another host as a new one would. */
class SpareSessionsTest {
  private static final RuleBase RULES = Rules.baseQuery().base();
  private static final RuleBase OTHERS = Rules.baseQuery().base();

  private final HostContext context =
      new HostContext(
          Duration.ZERO,
          EventClock.LEAP,
          InstantSource.fixed(Instant.EPOCH),
          new LongAdder(),
          Ceilings.DEFAULT,
          new FloodLog(),
          new RuleFailureLog(),
          Budgets.forFactsPerHost(1_000),
          new BudgetLog());
  private final SpareSessions spares = context.spares();

  @Test
  void aSessionIsUsedAgain() {
    LiveSession session = opened(RULES, IisEvents.START);
    spares.giveBack(session);
    assertSame(session, opened(RULES, IisEvents.START));
  }

  @Test
  void whatWaitedOnOneHostIsUnknownOnTheNext() {
    Instant time = IisEvents.START;
    LiveSession session = opened(RULES, time);
    judge(session, IisEvents.registration("r", "WEB01", time));
    assertEquals(2, session.factCount());
    spares.giveBack(session);
    LiveSession next = opened(RULES, time);
    assertSame(session, next);
    assertEquals(0, next.factCount());
    assertEquals(Long.MAX_VALUE, next.nextJob());
    assertEquals(List.of(), judge(next, IisEvents.drop("d", "WEB02", time.plusSeconds(1))));
  }

  @Test
  void theTimeOfTheNextHostMayBeEarlier() {
    Instant time = IisEvents.START;
    LiveSession session = opened(RULES, time);
    judge(session, IisEvents.registration("r", "WEB01", time));
    spares.giveBack(session);
    Instant earlier = time.minusSeconds(86_400);
    LiveSession next = opened(RULES, earlier);
    judge(next, IisEvents.registration("r", "WEB02", earlier));
    long end = next.now() + 3_600_000;
    next.advanceTo(end, Set.of());
    assertEquals(1, next.factCount());
    next.advanceTo(end + 1, Set.of());
    assertEquals(0, next.factCount());
    assertEquals(Long.MAX_VALUE, next.nextJob());
  }

  @Test
  void theAbsenceOfWhatOneHostHadIsNoNewsOnTheNext() {
    RuleBase absence =
        rules(
            """
            rule "nothing" when not FileEvent() over window:time( 1h )
            then insert( Integer.valueOf( 1 ) ); end
            rule "load after that" when Integer() $l : LibraryEvent()
            then insert( new Detection( $l ) ); end
            """);
    LiveSession session = opened(absence, IisEvents.START);
    judge(session, IisEvents.drop("d", "WEB01", IisEvents.START));
    spares.giveBack(session);
    LiveSession next = opened(absence, IisEvents.START);
    assertSame(session, next);
    assertEquals(List.of(), judge(next, IisEvents.load("l", "WEB02", IisEvents.START)));
  }

  @Test
  void aSessionInWhichSomethingHasThrownIsNotUsedAgain() {
    RuleBase throwing =
        rules(
            """
            rule "throws" when $f : FileEvent( file.path.substring( 1000 ) != "" ) then end
            """);
    LiveSession session = opened(throwing, IisEvents.START);
    Event drop = IisEvents.drop("d", "WEB", IisEvents.START);
    assertThrows(RuntimeException.class, () -> judge(session, drop));
    spares.giveBack(session);
    assertNotSame(session, opened(throwing, IisEvents.START));
  }

  @Test
  void aSessionWithManyFactsIsNotUsedAgain() {
    RuleBase keeping = rules("rule \"keeps\" when FileEvent() over window:time( 1h ) then end");
    LiveSession session = opened(keeping, IisEvents.START);
    for (int i = 0; i < 100; i++) {
      judge(session, IisEvents.drop("d" + i, "WEB", IisEvents.START));
    }
    assertEquals(100, session.factCount());
    spares.giveBack(session);
    assertNotSame(session, opened(keeping, IisEvents.START));
  }

  @Test
  void aSessionOfOtherRulesIsNotUsedAgain() {
    LiveSession session = opened(RULES, IisEvents.START);
    spares.giveBack(session);
    LiveSession other = opened(OTHERS, IisEvents.START);
    assertNotSame(session, other);
    spares.giveBack(other);
    assertSame(other, opened(OTHERS, IisEvents.START));
    assertNotSame(session, opened(RULES, IisEvents.START));
  }

  @Test
  void onlyAFewAreKept() {
    List<LiveSession> sessions = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sessions.add(opened(RULES, IisEvents.START));
    }
    sessions.forEach(spares::giveBack);
    long kept = 0;
    for (int i = 0; i < 100; i++) {
      kept += sessions.contains(opened(RULES, IisEvents.START)) ? 1 : 0;
    }
    assertEquals(4, kept);
  }

  private LiveSession opened(RuleBase rules, Instant time) {
    LiveSession session = spares.take(rules, context);
    long since = IisEvents.drop("t", "WEB", time).getSessionTime();
    session.open(since, List.of(), Set.of());
    assertEquals(since, session.now());
    return session;
  }

  private static List<Match> judge(LiveSession session, Event event) {
    return session.judge(List.of(event.placed(1, Long.MIN_VALUE)), Set.of());
  }

  private static RuleBase rules(String rules) {
    return RulesDirectory.at(Path.of(""))
        .trusted()
        .compile(
            Map.of("test.drl", "package test;\nimport dev.iiswarden.event.*;\n" + rules + "\n"))
        .base();
  }
}
