package dev.iiswarden.cli.print;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * A sink that prints alerts as rows below a header. It prints a row as soon as the alert is raised,
 * because logs may be larger than memory and standard input may never end. So the columns for hosts
 * and rules have fixed shares of the terminal's width. Without a terminal, a longer value widens
 * its column for the following rows. Not safe for use by several threads.
 */
public final class AlertTable implements AlertSink {
  private static final int TIME_COLUMNS = "2026-03-04 03:12:07.226Z".length();
  private static final String GAP = "  ";
  private static final int GAPS = 4 * GAP.length();
  private static final int USUAL_HOST_COLUMNS = 20;
  private static final int USUAL_RULE_COLUMNS = 30;

  private final PrintStream out;
  private final Ansi ansi;
  private final boolean mayGrow;
  private final int shared;
  private int hostColumns;
  private int ruleColumns;
  private boolean begun;

  /**
   * Creates a printer.
   *
   * @param columns the width of a row; longer rows are cut
   */
  public AlertTable(PrintStream out, Ansi ansi, int columns) {
    this.out = out;
    this.ansi = ansi;
    mayGrow = columns == Terminal.UNLIMITED;
    shared = columns - TIME_COLUMNS - AlertText.SEVERITY_COLUMNS - GAPS;
    hostColumns = Math.min(USUAL_HOST_COLUMNS, shared / 4);
    ruleColumns = Math.min(USUAL_RULE_COLUMNS, shared / 3);
  }

  @Override
  public void accept(Alert alert) {
    String host = AlertText.host(alert);
    String rule = alert.rule().id();
    if (mayGrow) {
      hostColumns = Math.max(hostColumns, Fit.columns(host));
      ruleColumns = Math.max(ruleColumns, Fit.columns(rule));
    }
    List<String> lines = new ArrayList<>();
    if (!begun) {
      lines.add(row(Fit.pad("TIME", TIME_COLUMNS), "SEVERITY", "HOST", "RULE", "WHAT"));
      begun = true;
    }
    String severity = Fit.pad(AlertText.severity(alert), AlertText.SEVERITY_COLUMNS);
    lines.add(
        row(
            AlertText.time(alert.timestamp()),
            AlertText.coloured(severity, alert, ansi),
            host,
            rule,
            AlertText.what(alert, shared - hostColumns - ruleColumns)));
    AlertText.print(out, lines);
  }

  private String row(String time, String severity, String host, String rule, String what) {
    return String.join(GAP, time, severity, cell(host, hostColumns), cell(rule, ruleColumns), what);
  }

  private static String cell(String text, int columns) {
    return Fit.pad(Fit.cut(text, columns), columns);
  }

  @Override
  public String toString() {
    return "table";
  }
}
