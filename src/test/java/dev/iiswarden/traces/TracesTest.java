package dev.iiswarden.traces;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bundled rules see the traces of intrusions and stay quiet on those of administration.
 *
 * <p>{@code traces.print} prints a line for each trace.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracesTest {
  private static final Rules RULES = Rules.bundled();

  private final Map<String, Findings> found = new TreeMap<>();

  static List<Trace> traces() {
    return Trace.all();
  }

  @Test
  void everyTraceIsInTheTableOnce() {
    assertEquals(
        Trace.files().stream().map(Trace::name).sorted().toList(),
        traces().stream().map(Trace::name).sorted().toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("traces")
  void reachesItsSeverityWithinItsLimits(Trace trace) {
    Findings findings = findings(trace);
    String line = TraceReport.line(trace.file(), findings) + TraceReport.missing(trace, findings);
    if (Boolean.getBoolean("traces.print")) {
      System.out.println(line);
    }
    assertEquals(0, findings.lost(), "lost records");
    assertTrue(findings.severity().isAtLeast(trace.least()), line);
    assertTrue(findings.alerts().size() <= trace.mostAlerts(), line);
    assertTrue(findings.highIncidents().size() <= trace.mostHighIncidents(), line);
  }

  @Test
  void theTotalsKeepTheirLimits() {
    TraceTotals totals = new TraceTotals();
    traces().forEach(trace -> totals.add(trace, findings(trace)));
    totals.print(System.out);
    assertAll(
        () -> atLeast(Limits.PROCEDURES_SEEN, totals.procedures(Severity.MEDIUM)),
        () -> atLeast(Limits.PROCEDURES_HIGH, totals.procedures(Severity.HIGH)),
        () -> atMost(Limits.VARIATIONS_UNSEEN, totals.variationsUnseen()),
        () -> atMost(Limits.ADMINISTRATION_HIGH, totals.administrationHigh()),
        () -> atMost(Limits.ADMINISTRATION_LOUD, totals.administrationLoud()));
  }

  @Test
  void whatRaisesNothingHasAReason() {
    for (Trace trace : traces()) {
      if (trace.goal() == Severity.NONE && !trace.isIn("administration")) {
        assertFalse(trace.remark().isEmpty(), trace.name());
      }
    }
  }

  @Test
  void aBusyWeekIsFewIncidents() {
    for (Trace week : traces().stream().filter(Trace::isWeek).toList()) {
      atMost(Limits.WEEK_INCIDENTS, List.copyOf(findings(week).incidents().keySet()));
    }
  }

  @Test
  void anIntrusionPastTheFullHourIsOneIncident() {
    Findings findings = findings(trace("variations/q01-incident-hour-split"));
    atMost(Limits.INCIDENTS_ACROSS_THE_HOUR, List.copyOf(findings.incidents().keySet()));
  }

  @Test
  void theIntrudersDllIsNotHeldBackAmongThoseOfTheSite() {
    Findings findings = findings(trace("variations/e74-quota-hides-attack"));
    atLeast(
        Limits.ALERTS_AMONG_A_THOUSAND,
        findings.alerts().stream().map(Alert::toJson).filter(j -> j.contains("evil.dll")).toList());
  }

  private static Trace trace(String name) {
    return traces().stream().filter(trace -> trace.name().equals(name)).findFirst().orElseThrow();
  }

  private static void atLeast(int limit, List<String> names) {
    assertTrue(names.size() >= limit, () -> names.size() + " of " + limit + ": " + names);
  }

  private static void atMost(int limit, List<String> names) {
    assertTrue(names.size() <= limit, () -> names.size() + " of " + limit + ": " + names);
  }

  private Findings findings(Trace trace) {
    return found.computeIfAbsent(trace.name(), name -> run(trace.file()));
  }

  private static Findings run(Path file) {
    try {
      return Replay.file(RULES, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
