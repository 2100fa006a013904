package dev.iiswarden.cli.print;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.alert.Incident;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventLine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * A sink that prints each alert as a card: severity, rule and host first, then what is known of its
 * incident, then the evidence in order. Not safe for use by several threads.
 */
public final class AlertCards implements AlertSink {
  /** Enough to tell the incidents of a run apart. */
  private static final int ID_SHOWN = 8;

  private static final int TRACK_COLUMNS = 40;
  private static final int LEAST_FOR_A_NAME = 12;

  private final PrintStream out;
  private final Ansi ansi;
  private final int columns;

  /**
   * Creates a printer.
   *
   * @param columns the width of a line; longer lines are cut
   */
  public AlertCards(PrintStream out, Ansi ansi, int columns) {
    this.out = out;
    this.ansi = ansi;
    this.columns = columns;
  }

  @Override
  public void accept(Alert alert) {
    List<String> lines = new ArrayList<>();
    lines.add(title(alert));
    String time = "  " + AlertText.time(alert.timestamp());
    lines.add("  " + Fit.cut(AlertText.host(alert), columns - 2 - time.length()) + time);
    String id = "  alert " + alert.id();
    lines.add("  " + name(alert.rule().technique(), columns - 2 - id.length()) + id);
    Incident incident = alert.incident();
    lines.add(
        fit(
            "  ",
            "incident "
                + incident.id().substring(0, ID_SHOWN)
                + ": "
                + incident.severity()
                + ", score "
                + incident.score()
                + ": "
                + incident.verdict()));
    addEvidence(alert.evidence(), lines);
    lines.add("");
    AlertText.print(out, lines);
  }

  private String title(Alert alert) {
    String severity = AlertText.severity(alert);
    String id = "  [" + alert.rule().id() + "]";
    String name = name(alert.rule().name(), columns - severity.length() - 2 - id.length());
    return AlertText.coloured(severity, alert, ansi)
        + "  "
        + AlertText.styled(name, ansi, Style.bold)
        + id;
  }

  private static String name(String name, int most) {
    return Fit.cut(name, Math.max(most, LEAST_FOR_A_NAME));
  }

  private void addEvidence(List<Event> evidence, List<String> lines) {
    if (evidence.size() == 1) {
      addEvent(evidence.get(0), "  1. ", "", lines);
      return;
    }
    Timeline timeline = new Timeline(evidence.stream().map(Event::getTimestamp).toList());
    lines.add("  " + timeline.track(TRACK_COLUMNS) + "  " + Timeline.say(timeline.span()));
    List<String> offsets =
        IntStream.range(0, evidence.size())
            .mapToObj(i -> "+" + Timeline.say(timeline.offset(i)))
            .toList();
    int most = offsets.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < evidence.size(); i++) {
      Event event = evidence.get(i);
      String offset = " ".repeat(most - offsets.get(i).length()) + offsets.get(i);
      String time = AlertText.time(event.getTimestamp()) + "  ";
      addEvent(event, "  " + (i + 1) + ". " + offset + "  ", time, lines);
    }
  }

  /**
   * Adds an event; below it the time, unless the card already shows it, and the process that acted.
   */
  private void addEvent(Event event, String head, String time, List<String> lines) {
    EventLine line = EventLine.of(event);
    lines.add(fit(head, line.action() + "  " + line.object()));
    String id = event.getEvent().getId();
    lines.add(
        fit(
            " ".repeat(head.length()) + time + "by ",
            line.actor()
                + (id == null ? "" : "  [" + id + "]")
                + (event.getReportedTimestamp() == null
                    ? ""
                    : "  (dated "
                        + event.getReportedTimestamp()
                        + ", counted as of its arrival)")));
  }

  private String fit(String head, String words) {
    return head + Fit.cut(Printable.of(words), columns - head.length());
  }

  @Override
  public String toString() {
    return "cards";
  }
}
