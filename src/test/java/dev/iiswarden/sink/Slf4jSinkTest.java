package dev.iiswarden.sink;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.load;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.CapturedLog;
import dev.iiswarden.testing.RaisedAlerts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Slf4jSinkTest {
  private static final String LOGGER = "dev.iiswarden.alerts";
  private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");
  private static Map<String, Alert> alerts = Map.of();

  private final Slf4jSink sink = new Slf4jSink();

  @BeforeAll
  static void raiseAnAlertOfEachSeverity(@TempDir Path rules) throws IOException {
    for (String severity : SEVERITIES) {
      Files.writeString(
          rules.resolve(severity + ".drl"),
          """
          package analyst;
          import dev.iiswarden.event.*;
          rule "%1$s" @id( "%1$s" ) @severity( "%1$s" )
          when
              $event : LibraryEvent()
          then
              insert( new Detection( $event ) );
          end
          """
              .formatted(severity));
    }
    alerts =
        RaisedAlerts.raisedBy(
                Rules.fromDirectory(rules), List.of(Decoded.of(load("l", "WEB", START))))
            .stream()
            .collect(Collectors.toMap(alert -> alert.rule().severity(), alert -> alert));
  }

  @ParameterizedTest
  @CsvSource({"critical, ERROR", "high, ERROR", "medium, WARN", "low, INFO"})
  void theLevelFollowsTheSeverity(String severity, String level) {
    try (CapturedLog log = new CapturedLog()) {
      sink.accept(alertOf(severity));
      assertEquals(1, log.lines(level + " " + LOGGER).size());
    }
  }

  @Test
  void anAlertIsOneLineOfJson() {
    Alert alert = alertOf("high");
    try (CapturedLog log = new CapturedLog()) {
      sink.accept(alert);
      assertEquals(1, log.lines().size());
      assertEquals(1, log.lines(LOGGER + " - " + alert.toJson()).size());
    }
  }

  private static Alert alertOf(String severity) {
    Alert alert = alerts.get(severity);
    if (alert == null) {
      throw new AssertionError("no " + severity + " alert among " + alerts);
    }
    return alert;
  }
}
