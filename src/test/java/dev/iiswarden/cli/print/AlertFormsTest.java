package dev.iiswarden.cli.print;

import static dev.iiswarden.testing.IisEvents.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.EcsLines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** Tests the printed forms of alerts with any content and any width of the terminal. */
class AlertFormsTest {
  private static final List<OutputFormat> FORMS =
      List.of(OutputFormat.CARDS, OutputFormat.TABLE, OutputFormat.SHORT);

  @ParameterizedTest
  @ValueSource(ints = {72, 80, 100, 132, 200})
  void noLineIsWiderThanTheTerminal(int columns) {
    for (String host :
        List.of("WEB01", "web-01.very-long-department.corp.example.com", "日本語".repeat(9))) {
      List<Alert> alerts =
          alerts(
              EcsLines.registration("r", host, START),
              EcsLines.drop("f", host, START.plusSeconds(60)),
              EcsLines.load("l", host, START.plusSeconds(61)));
      assertEquals(2, alerts.size());
      for (OutputFormat form : FORMS) {
        for (String line : print(form, alerts, columns).lines().toList()) {
          assertTrue(Fit.columns(line) <= columns, () -> form + ": " + line);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "JSON", mode = EnumSource.Mode.EXCLUDE)
  void nothingIsCutWhereThereIsNoTerminal(OutputFormat form) {
    String path = "C:\\\\Windows\\\\Temp\\\\" + "long\\\\".repeat(500) + "filter.dll";
    String load =
        EcsLines.load("l", "h".repeat(300), START)
            .replace("C:\\\\Windows\\\\Temp\\\\filter.dll", path);
    String printed = print(form, alerts(load), Terminal.UNLIMITED);
    assertTrue(printed.contains(path.replace("\\\\", "\\")), printed);
    assertTrue(printed.contains("h".repeat(300)), printed);
  }

  @ParameterizedTest
  @EnumSource(names = "JSON", mode = EnumSource.Mode.EXCLUDE)
  void controlCharactersOfEventsAreShownAndNotSent(OutputFormat form) {
    String load =
        EcsLines.load("l", "A\\u001b[2J", START)
            .replace("filter.dll", "x\\n\\u202e\\u009b2J.dll")
            .replace("w3wp.exe\"", "w3wp.exe\",\"executable\":\"\\u001b]0;x\\u0007\"");
    String printed = print(form, alerts(load), Terminal.UNLIMITED);
    assertTrue(printed.contains("A\\u001b[2J"), printed);
    assertTrue(printed.contains("x\\u000a\\u202e\\u009b2J.dll"), printed);
    assertTrue(
        printed.chars().allMatch(c -> c == '\n' || c == '…' || (c >= ' ' && c < 0x7f)), printed);
  }

  private static List<Alert> alerts(String... lines) {
    List<Alert> alerts = new ArrayList<>();
    try (Detector detector =
        Detector.builder()
            .rules(Rules.baseQuery())
            .lateness(Duration.ZERO)
            .sink(alerts::add)
            .build()) {
      for (String line : lines) {
        detector.accept(EventDecoders.auto().decode(line));
      }
    }
    return alerts;
  }

  private static String print(OutputFormat form, List<Alert> alerts, int columns) {
    assertTrue(!alerts.isEmpty());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = Utf8.to(bytes);
    AlertSink sink =
        switch (form) {
          case CARDS -> new AlertCards(out, Ansi.OFF, columns);
          case TABLE -> new AlertTable(out, Ansi.OFF, columns);
          case SHORT -> new AlertLines(out, Ansi.OFF, columns);
          case JSON -> throw new IllegalArgumentException("not for people");
        };
    alerts.forEach(sink::accept);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
