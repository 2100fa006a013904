package dev.iiswarden.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.Suppression;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.rules.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rule that does too much to a record has no say on it. Other rules and other hosts do not
 * notice. Without budgets, most of these rules never end.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RuleBudgetTest {
  private static final String HEADER =
      """
      package analyst;
      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;
      """;

  private static final String FIRST =
      "rule \"first\" when $f : FileEvent( host.name == \"BAD\", file.path != null ) then ";
  private static final String BAD = "host.name == \"BAD\", file.path != null";
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final List<Alert> alerts = new ArrayList<>();
  private final List<Alert> reports = new ArrayList<>();

  static List<Arguments> endlessRules() {
    return List.of(
        endless(
            "a sequence that renews itself",
            FIRST
                + "insert( new PendingSequence( \"s\", $f ) ); end\n"
                + "rule \"bad\" when $p : PendingSequence( name == \"s\", $e : last )"
                + " over window:time( 1h ) then insert( new PendingSequence( \"s\", $e ) ); end"),
        endless(
            "a sequence that grows",
            FIRST
                + "insert( new PendingSequence( \"s\", $f ) ); end\n"
                + "rule \"bad\" when $p : PendingSequence( name == \"s\" ) over window:time( 1h )"
                + " $f : FileEvent( "
                + BAD
                + " ) then insert( new PendingSequence( \"s\", null, $p, $f ) ); end"),
        endless(
            "a registration that is repeated",
            FIRST
                + "insert( new ModuleRegistration( $f, \"a.dll\" ) ); end\n"
                + "rule \"bad\" when ModuleRegistration( $e : event, $d : dlls )"
                + " then insert( new ModuleRegistration( $e, $d ) ); end"),
        endless(
            "a detection of a detection",
            "rule \"first\" @id( \"first\" ) when $f : FileEvent( "
                + BAD
                + " ) then insert( new Detection( $f ) ); end\n"
                + "rule \"bad\" @id( \"bad\" ) when Detection( $e : evidence )"
                + " then insert( new Detection( $e ) ); end"),
        endless(
            "two rules that call each other",
            FIRST
                + "insert( new PendingSequence( \"s\", $f ) ); end\n"
                + "rule \"bad\" when $p : PendingSequence( name == \"s\", $e : last )"
                + " over window:time( 1h ) then insert( new PendingSequence( \"t\", $e ) ); end\n"
                + "rule \"bad, too\" when $p : PendingSequence( name == \"t\", $e : last )"
                + " over window:time( 1h ) then insert( new PendingSequence( \"s\", $e ) ); end"));
  }

  private static Arguments endless(String name, String rules) {
    return Arguments.of(name, rules);
  }

  private static final String EVERY_TRIPLE =
      "rule \"bad\" @id( \"bad\" ) when $a : FileEvent( "
          + BAD
          + " ) over window:time( 1h ) $b : FileEvent( "
          + BAD
          + " ) over window:time( 1h ) $c : FileEvent( "
          + BAD
          + ", file.name == $b.file.path ) over window:time( 1h ) then insert( new Detection( $a, $b, $c ) ); end";

  private static Rules rules(String bad) {
    Map<String, String> files = new TreeMap<>(Rules.bundled().files());
    files.put("zz-bad.drl", HEADER + bad);
    return Rules.fromFiles(files);
  }

  private Detector detector(Rules rules) {
    return Detector.builder()
        .rules(rules)
        .lateness(Duration.ZERO)
        .sink(alerts::add)
        .suppressedSink(reports::add)
        .build();
  }

  private static Event drop(String host, int second, String path) {
    String name = path.substring(path.lastIndexOf('\\') + 1);
    return FileEvent.KIND.event(
        START.plusSeconds(second),
        Map.of(
            "host.name",
            host,
            "event.category",
            "file",
            "event.type",
            "creation",
            "file.path",
            path,
            "file.name",
            name,
            "file.extension",
            name.endsWith(".dll") ? "dll" : ""));
  }

  private List<String> idsOf(String host) {
    return alerts.stream()
        .filter(alert -> host.equals(alert.evidence().get(0).getHost().getName()))
        .map(alert -> alert.rule().id())
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endlessRules")
  void aRuleThatNeverEndsEndsAndIsReported(String name, String bad) {
    try (Detector detector = detector(rules(bad))) {
      for (int i = 0; i < 12; i++) {
        detector.accept(drop("BAD", i, "C:\\x\\" + i + ".dll"));
      }
      detector.accept(drop("GOOD", 0, "C:\\Windows\\System32\\inetsrv\\a.dll"));
      assertEquals(List.of("drop-into-inetsrv"), idsOf("GOOD"));
      detector.accept(drop("BAD", 20, "C:\\Windows\\System32\\inetsrv\\a.dll"));
      assertTrue(idsOf("BAD").contains("drop-into-inetsrv"), alerts::toString);
      assertTrue(detector.counters().overBudget() >= 12, detector.counters()::toString);
      assertEquals(0, detector.counters().ruleFailures());
    }
    assertTrue(reports.size() >= 2, reports::toString);
    for (Alert report : reports) {
      Suppression why = report.suppression();
      assertEquals(Suppression.By.BUDGET, why == null ? null : why.by());
      assertTrue(report.rule().name().startsWith("bad"), report::toString);
    }
  }

  @Test
  void aJoinOfEverythingEndsAndTheOtherRulesOfTheHostGoOn() {
    try (Detector detector = detector(rules(EVERY_TRIPLE))) {
      for (int i = 0; i < 300; i++) {
        detector.accept(drop("BAD", i, "C:\\x\\" + i + ".dll"));
      }
      detector.accept(drop("BAD", 301, "C:\\Windows\\System32\\inetsrv\\a.dll"));
      assertTrue(idsOf("BAD").contains("drop-into-inetsrv"), alerts::toString);
      assertTrue(detector.counters().overBudget() > 0);
      assertEquals(0, detector.counters().ruleFailures());
    }
    Suppression why = reports.get(0).suppression();
    assertEquals(Suppression.By.BUDGET, why == null ? null : why.by());
  }

  /** What the rule had open before it exceeded its budget still waits. */
  @Test
  void theRuleTakesPartAgainFromTheNextRecordOnAndKeepsWhatItHadOpen() {
    String rule =
        "rule \"bad\" @id( \"bad\" ) when $a : FileEvent( like( file.name, \"first*\" ) )"
            + " over window:time( 1h ) $b : FileEvent( like( file.name, \"second\", \"many\" ),"
            + " follows( $a, \"1h\" ) ) then insert( new Detection( $a, $b ) ); end\n"
            + "rule \"pairs\" @id( \"pairs\" ) when $a : FileEvent( like( file.name, \"first*\" ) )"
            + " over window:time( 1h ) $b : FileEvent( like( file.name, \"first*\" ) )"
            + " over window:time( 1h ) $c : FileEvent( like( file.name, \"many\" ), file.path == $a.file.name )"
            + " then insert( new Detection( $a, $b, $c ) ); end";
    try (Detector detector = detector(rules(rule))) {
      for (int i = 0; i < 150; i++) {
        detector.accept(drop("H", i, "C:\\x\\first" + i));
      }
      assertEquals(0, detector.counters().overBudget());
      detector.accept(drop("H", 200, "C:\\x\\many"));
      assertEquals(1, detector.counters().overBudget());
      assertEquals(150, alerts.stream().filter(alert -> alert.rule().id().equals("bad")).count());
      alerts.clear();
      detector.accept(drop("H", 201, "C:\\x\\second"));
      assertEquals(150, alerts.stream().filter(alert -> alert.rule().id().equals("bad")).count());
      assertEquals(1, detector.counters().overBudget());
    }
  }

  /** An intruder who opens as much as a host may have open does not silence a sequence. */
  @Test
  void asManyOpenFactsAsAHostMayHaveAreWithinTheBudget() {
    String rule =
        "rule \"pair\" @id( \"pair\" ) when $a : FileEvent( like( file.name, \"first*\" ) )"
            + " over window:time( 1h ) $b : FileEvent( like( file.name, \"second\" ),"
            + " follows( $a, \"1h\" ) ) then insert( new Detection( $a, $b ) ); end";
    try (Detector detector = detector(rules(rule))) {
      for (int i = 0; i < 990; i++) {
        detector.accept(drop("H", i, "C:\\x\\first" + i));
      }
      detector.accept(drop("H", 1_000, "C:\\x\\second"));
      assertEquals(0, detector.counters().overBudget());
    }
    assertEquals(990, alerts.stream().filter(alert -> alert.rule().id().equals("pair")).count());
  }
}
