package dev.iiswarden.traces;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** What the rules made of all traces together, held against {@link Limits}. */
final class TraceTotals {
  private final Map<Trace, Findings> findings = new LinkedHashMap<>();

  void add(Trace trace, Findings found) {
    findings.put(trace, found);
  }

  /** The procedures that leave telemetry and reach a severity. */
  List<String> procedures(Severity severity) {
    return names(
        trace ->
            trace.isIn("procedures")
                && trace.leavesTelemetry()
                && found(trace).severity().isAtLeast(severity));
  }

  /** The variations on which nothing is raised. */
  List<String> variationsUnseen() {
    return names(trace -> trace.isIn("variations") && found(trace).severity() == Severity.NONE);
  }

  /** The traces of administration that are a high incident. */
  List<String> administrationHigh() {
    return names(trace -> trace.isIn("administration") && !found(trace).highIncidents().isEmpty());
  }

  /** The traces of one administrator's work that raise more alerts than they ought to. */
  List<String> administrationLoud() {
    return names(
        trace ->
            trace.isIn("administration")
                && !trace.isWeek()
                && found(trace).alerts().size() > Limits.ADMINISTRATION_ALERTS);
  }

  private Findings found(Trace trace) {
    return findings.getOrDefault(trace, Findings.NOTHING);
  }

  private List<String> names(Predicate<Trace> test) {
    return findings.keySet().stream().filter(test).map(Trace::name).toList();
  }

  /** Prints each number beside its limit, with the names where there are too many. */
  void print(PrintStream out) {
    List<String> seen = procedures(Severity.MEDIUM);
    List<String> unseen = new ArrayList<>(names(t -> t.isIn("procedures") && t.leavesTelemetry()));
    unseen.removeAll(seen);
    line(out, "procedures that reach medium", seen.size(), Limits.PROCEDURES_SEEN, unseen);
    List<String> high = procedures(Severity.HIGH);
    List<String> notHigh = new ArrayList<>(seen);
    notHigh.removeAll(high);
    line(out, "procedures that reach high", high.size(), Limits.PROCEDURES_HIGH, notHigh);
    List<String> variations = variationsUnseen();
    line(out, "variations unseen", variations.size(), Limits.VARIATIONS_UNSEEN, variations);
    List<String> admin = administrationHigh();
    line(out, "administration high", admin.size(), Limits.ADMINISTRATION_HIGH, admin);
    List<String> loud = administrationLoud();
    line(out, "administration loud", loud.size(), Limits.ADMINISTRATION_LOUD, loud);
  }

  private static void line(PrintStream out, String what, int count, int limit, List<String> names) {
    out.printf(Locale.ROOT, "%-30s %3d, limit %2d  %s%n", what, count, limit, names);
  }
}
