package dev.iiswarden.cli.print;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * A sink that prints each alert on one line: time, severity, host, rule and last event. Not safe
 * for use by several threads.
 */
public final class AlertLines implements AlertSink {
  private static final int LEAST_FOR_WHAT = 20;

  private final PrintStream out;
  private final Ansi ansi;
  private final int columns;

  /**
   * Creates a printer.
   *
   * @param columns the width of a line; longer lines are cut
   */
  public AlertLines(PrintStream out, Ansi ansi, int columns) {
    this.out = out;
    this.ansi = ansi;
    this.columns = columns;
  }

  @Override
  public void accept(Alert alert) {
    String time = AlertText.time(alert.timestamp()) + "  ";
    String severity = AlertText.severity(alert);
    int columnsLeft = columns - time.length() - severity.length() - 2;
    String where = AlertText.host(alert) + "  " + alert.rule().id() + "  ";
    int forWhat = Math.max(columnsLeft - Fit.columns(where), LEAST_FOR_WHAT);
    AlertText.print(
        out,
        List.of(
            time
                + AlertText.coloured(severity, alert, ansi)
                + "  "
                + Fit.cut(where + AlertText.what(alert, forWhat), columnsLeft)));
  }

  @Override
  public String toString() {
    return "lines";
  }
}
