package dev.iiswarden.cli.print;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventLine;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** The parts of printed alerts that all forms share. Safe for use by several threads. */
public final class AlertText {
  /** The columns of the longest severity, CRITICAL. */
  static final int SEVERITY_COLUMNS = 8;

  private static final int LEAST_FOR_AN_OBJECT = 24;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private AlertText() {}

  /** Returns the time of an event or alert, in UTC to the millisecond. */
  public static String time(Instant time) {
    return TIME.format(time);
  }

  /** Returns the host of an alert, with control characters escaped. */
  public static String host(Alert alert) {
    return alert.host() == null ? "(none named)" : Printable.of(alert.host());
  }

  /** Returns the severity of an alert in capitals. */
  public static String severity(Alert alert) {
    return alert.rule().severity().toUpperCase(Locale.ROOT);
  }

  /**
   * Describes the alert in one line: the event that completed the match. If the line is too short,
   * the object of the action is kept longest, and the program is dropped first.
   */
  public static String what(Alert alert, int columns) {
    List<Event> evidence = alert.evidence();
    EventLine line = EventLine.of(evidence.get(evidence.size() - 1));
    String action = Printable.of(line.action()) + "  ";
    String object = Printable.of(line.object());
    String program = "  by " + Printable.of(line.program());
    int least = Math.min(Fit.columns(object), LEAST_FOR_AN_OBJECT);
    int besideAction = columns - Fit.columns(action);
    int besideBoth = besideAction - Fit.columns(program);
    if (besideBoth >= least) {
      return action + Fit.cut(object, besideBoth) + program;
    }
    return besideAction >= least
        ? action + Fit.cut(object, besideAction)
        : Fit.cut(object, columns);
  }

  /** Returns a text in the colour of the alert's severity. */
  public static String coloured(String text, Alert alert, Ansi ansi) {
    Style colour =
        switch (alert.rule().severity()) {
          case "critical", "high" -> Style.fg_red;
          case "medium" -> Style.fg_yellow;
          default -> Style.fg_cyan;
        };
    return styled(text, ansi, Style.bold, colour);
  }

  /** Returns a text in a style, if the terminal has styles. */
  public static String styled(String text, Ansi ansi, Style... styles) {
    return ansi.enabled() ? Style.on(styles) + text + Style.off(styles) + Style.reset.off() : text;
  }

  /**
   * Prints lines.
   *
   * @throws UncheckedIOException if the lines cannot be written
   */
  public static void print(PrintStream out, List<String> lines) {
    out.println(String.join(System.lineSeparator(), lines));
    if (out.checkError()) {
      throw new UncheckedIOException(new IOException("cannot write to standard output"));
    }
  }
}
