package dev.iiswarden.drl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.rules.Explanation;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Interpreted rules say of an event what the same rules say once Drools has compiled them, for
 * rules made from the grammar and events in which anything may be missing.
 */
class RandomRulesTest {
  private static final long SEED = Long.getLong("random.rules.seed", 20_261_127);
  private static final int RULES_OF_A_KIND = Integer.getInteger("random.rules.count", 48);
  private static final int EVENTS = 30;

  /** What a rule does that throws, and which rules it affects, is tested elsewhere. */
  private static final Pattern MAY_THROW =
      Pattern.compile(
          "\\.(length|isEmpty|contains|startsWith|endsWith|equals\\w*)\\(|canonicalPath");

  private static final int JOINS = 60;
  private static final int JOINED_EVENTS = 120;

  @Test
  void everyConditionHasTheSameOutcome() {
    Random random = new Random(SEED);
    StringBuilder file = new StringBuilder(RandomRules.HEADER);
    List<Event> events = new ArrayList<>();
    int made = 0;
    int refused = 0;
    for (EventKind kind : EventKind.all()) {
      RandomRules rules = new RandomRules(random, kind);
      for (int i = 0; i < RULES_OF_A_KIND; ) {
        String rule = rules.rule("r" + made);
        if (isAllowed(rule)) {
          file.append(rule);
          made++;
          i++;
        } else {
          refused++;
        }
      }
      for (int i = 0; i < EVENTS; i++) {
        events.add(rules.event(i));
      }
    }
    Map<String, String> files = Map.of("random.drl", file.toString());
    Rules interpreted = Rules.fromFiles(files);
    Rules compiled = RulesDirectory.at(Path.of("")).trusted().compile(files);

    int pairs = 0;
    List<String> differences = new ArrayList<>();
    Map<Explanation.Outcome, Integer> outcomes = new TreeMap<>();
    for (Event event : events) {
      List<Explanation> expected = compiled.explain(event);
      List<Explanation> actual = interpreted.explain(event);
      assertEquals(expected.size(), actual.size());
      for (int i = 0; i < expected.size(); i++) {
        if (!outcomes(expected.get(i)).equals(outcomes(actual.get(i)))) {
          differences.add(
              outcomes(expected.get(i))
                  + " compiled, but "
                  + outcomes(actual.get(i))
                  + " interpreted: "
                  + expected.get(i).conditions()
                  + " of "
                  + event);
        }
        actual.get(i).conditions().forEach(one -> outcomes.merge(one.outcome(), 1, Integer::sum));
        pairs++;
      }
    }
    assertEquals(List.of(), differences);
    assertTrue(pairs >= 10_000, "only " + pairs + " pairs of a rule and an event");
    assertEquals(3, outcomes.size(), outcomes::toString);
    assertTrue(refused < made, refused + " of the rules were refused");
  }

  @Test
  void aRuleIsRelevantToTheSameEventsWhenThereAreMany() {
    Random random = new Random(SEED);
    int relevant = 0;
    int others = 0;
    for (EventKind kind : EventKind.all()) {
      RandomRules rules = new RandomRules(random, kind);
      for (int made = 0; made < RULES_OF_A_KIND; ) {
        String rule = rules.rule("g" + made);
        if (isAllowed(rule)) {
          made++;
          Rules one = Rules.fromFiles(Map.of("random.drl", RandomRules.HEADER + rule));
          List<Decoded> events = new ArrayList<>();
          for (int i = 0; i < EVENTS; i++) {
            events.add(Decoded.of(rules.event(i)));
          }
          List<Decoded> first = events.stream().filter(one::isRelevant).toList();
          for (int i = 0; i < EVENTS; i++) {
            events.forEach(one::isRelevant);
          }
          assertEquals(first, events.stream().filter(one::isRelevant).toList(), rule);
          relevant += first.size();
          others += events.size() - first.size();
        }
      }
    }
    assertTrue(relevant > 1_000 && others > 1_000, relevant + " relevant, " + others + " others");
  }

  @Test
  void joinsRaiseTheSameAlerts() {
    Random random = new Random(SEED);
    StringBuilder file = new StringBuilder(RandomRules.HEADER);
    List<RandomRules> kinds = new ArrayList<>();
    EventKind.all().forEach(kind -> kinds.add(new RandomRules(random, kind)));
    for (int made = 0; made < JOINS; ) {
      RandomRules first = kinds.get(random.nextInt(kinds.size()));
      RandomRules second = random.nextBoolean() ? first : kinds.get(random.nextInt(kinds.size()));
      String rule = first.join("j" + made, second);
      if (isAllowed(rule) && !MAY_THROW.matcher(rule).find()) {
        file.append(rule);
        made++;
      }
    }
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < JOINED_EVENTS; i++) {
      events.add(kinds.get(random.nextInt(kinds.size())).event(i));
    }
    Map<String, String> files = Map.of("joins.drl", file.toString());
    List<String> expected = alerts(RulesDirectory.at(Path.of("")).trusted().compile(files), events);
    assertEquals(expected, alerts(Rules.fromFiles(files), events));
    assertTrue(expected.size() > 100, "only " + expected.size() + " alerts");
  }

  static List<String> groups() {
    return List.of(
        "( $a : FileEvent( DLL ) or $a : FileEvent( like( file.path, \"*inetpub*\" ) ) )",
        "not( LibraryEvent( DLL ) over window:time( 1m ) ) $a : FileEvent( DLL )",
        "exists( LibraryEvent( DLL ) over window:time( 1m ) ) $a : FileEvent( DLL )",
        "$a : FileEvent( DLL ) over window:time( 1m ) ( LibraryEvent( follows( $a, \"10s\" ) )"
            + " or FileEvent( this != $a, samePath( file.path, $a.file.path ) ) )",
        "$a : FileEvent( DLL, $path : file.path ) over window:time( 30s )"
            + " not( LibraryEvent( samePath( dll.path, $path ) ) over window:time( 30s ) )"
            + " FileEvent( follows( $a, \"10s\" ) )",
        "$a : FileEvent( DLL ) over window:time( 20s )"
            + " exists( FileEvent( this != $a, file.name == $a.file.name )"
            + " and LibraryEvent( dll.name == $a.file.name ) )",
        "$a : Event( file.name != null || dll.name != null )");
  }

  @ParameterizedTest
  @MethodSource("groups")
  void groupsOfConditionsRaiseTheSameAlerts(String group) {
    Random random = new Random(SEED);
    String rule =
        RandomRules.HEADER
            + "rule \"r\" @id( \"r\" ) when "
            + group.replace("DLL", "this != null")
            + " then insert( new Detection( $a ) ); end";
    RandomRules files = new RandomRules(random, FileEvent.KIND);
    RandomRules libraries = new RandomRules(random, LibraryEvent.KIND);
    Map<String, String> sources = Map.of("r.drl", rule);
    Rules compiled = RulesDirectory.at(Path.of("")).trusted().compile(sources);
    Rules interpreted = Rules.fromFiles(sources);
    int raised = 0;
    for (int stream = 0; stream < 20; stream++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        events.add((random.nextInt(3) == 0 ? libraries : files).event(i * 20));
      }
      List<String> expected = alerts(compiled, events);
      assertEquals(expected, alerts(interpreted, events));
      raised += expected.size();
    }
    assertTrue(raised > 10, "only " + raised + " alerts");
  }

  private static List<String> alerts(Rules rules, List<Event> events) {
    List<String> alerts = new ArrayList<>();
    try (Detector detector =
        Detector.builder()
            .rules(rules)
            .lateness(Duration.ofSeconds(5))
            .sink(alert -> alerts.add(alert.rule().id() + " " + alert.id()))
            .build()) {
      events.forEach(detector::accept);
      detector.flush();
      assertEquals(0, detector.counters().ruleFailures());
    }
    return alerts;
  }

  private static boolean isAllowed(String rule) {
    try {
      RuleSet.read(Map.of("one.drl", RandomRules.HEADER + rule));
      return true;
    } catch (RuleErrors e) {
      return false;
    }
  }

  private static List<String> outcomes(Explanation explanation) {
    return explanation.conditions().stream()
        .map(condition -> explanation.ruleName() + ": " + condition.outcome())
        .toList();
  }
}
