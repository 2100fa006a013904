package dev.iiswarden.traces;

import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints what the rules raise on logs of any form, one block for each file:
 *
 * <pre>
 *   java -cp ... dev.iiswarden.traces.TraceReport [--rules DIR] [--short | --table] [FILE ...]
 * </pre>
 *
 * <p>Without files it takes all traces. {@code --rules} uses the rules of a directory instead of
 * the bundled ones, {@code --short} prints one line for each file and only of those that miss their
 * limit, and {@code --table} prints that table with its limits tightened to what this run reached.
 */
final class TraceReport {
  private final Rules rules;
  private final PrintStream out;
  private final Map<String, Trace> expected =
      Trace.all().stream().collect(Collectors.toMap(Trace::name, trace -> trace));

  private final TraceTotals totals = new TraceTotals();

  private TraceReport(Rules rules, PrintStream out) {
    this.rules = rules;
    this.out = out;
  }

  /** Prints the report; see the class. */
  public static void main(String[] args) throws IOException {
    Rules rules = null;
    String form = "";
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--rules" -> rules = Rules.fromDirectory(Path.of(args[++i]));
        case "--short", "--table" -> form = args[i];
        default -> files.add(Path.of(args[i]));
      }
    }
    TraceReport report = new TraceReport(rules == null ? Rules.bundled() : rules, System.out);
    if (form.equals("--table")) {
      report.table();
      return;
    }
    for (Path file : files.isEmpty() ? Trace.files() : files) {
      report.print(file, form.equals("--short"));
    }
    if (files.isEmpty()) {
      report.totals.print(System.out);
    }
  }

  private void table() throws IOException {
    out.println(Trace.HEADING);
    for (Trace trace : Trace.all()) {
      out.println(trace.tightened(Replay.file(rules, trace.file())));
    }
  }

  private void print(Path file, boolean isShort) throws IOException {
    Findings findings = Replay.file(rules, file);
    Trace trace = expected.get(Trace.name(file.toAbsolutePath()));
    String missing = trace == null ? "" : missing(trace, findings);
    if (trace != null) {
      totals.add(trace, findings);
    }
    if (isShort) {
      if (trace == null || !missing.isEmpty()) {
        out.println(line(file, findings) + missing);
      }
      return;
    }
    out.println(line(file, findings) + missing);
    findings.counts().forEach((rule, count) -> out.printf(Locale.ROOT, "  %6d  %s%n", count, rule));
    findings
        .highIncidents()
        .forEach(incident -> out.println("          incident " + Findings.verdict(incident)));
  }

  /** One line: how many events, alerts and incidents. */
  static String line(Path file, Findings findings) {
    return String.format(
        Locale.ROOT,
        "%-44s %6d events %5d alerts %4d incidents %3d high  %s",
        Trace.name(file.toAbsolutePath()),
        findings.events(),
        findings.alerts().size(),
        findings.incidents().size(),
        findings.highIncidents().size(),
        findings.severity());
  }

  /** What a trace ought to raise and does not, or raises and ought not to. */
  static String missing(Trace trace, Findings findings) {
    List<String> missing = new ArrayList<>();
    if (!findings.severity().isAtLeast(trace.goal())) {
      missing.add("ought to reach " + trace.goal());
    }
    if (!trace.isIn("administration")) {
      return text(missing);
    }
    int most = trace.isWeek() ? Limits.WEEK_ALERTS : Limits.ADMINISTRATION_ALERTS;
    if (findings.alerts().size() > most) {
      missing.add("ought to raise at most " + most + " alerts");
    }
    if (trace.isWeek() && findings.incidents().size() > Limits.WEEK_INCIDENTS) {
      missing.add("ought to be at most " + Limits.WEEK_INCIDENTS + " incidents");
    }
    if (!findings.highIncidents().isEmpty() && trace.remark().isEmpty()) {
      missing.add("ought not to be a high incident without a remark that says why");
    }
    return text(missing);
  }

  private static String text(List<String> missing) {
    return missing.isEmpty() ? "" : "  <- " + String.join("; ", missing);
  }
}
