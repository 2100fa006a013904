package dev.iiswarden.testing;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.sink.InMemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Provides the alerts of the bundled rules on the first sample log, an intrusion on a web server.
 */
public final class SampleIntrusion {
  private static final Path LOG = Path.of("src/samples/web01.sysmon.ndjson");

  private SampleIntrusion() {}

  /** All alerts, in the order in which they are raised. */
  public static List<Alert> alerts() throws IOException {
    InMemorySink alerts = new InMemorySink();
    EventDecoder decoder = EventDecoders.auto();
    try (Detector detector = Detector.builder().sink(alerts).build()) {
      for (String line : Files.readAllLines(LOG)) {
        detector.accept(decoder.decode(line));
      }
    }
    return alerts.alerts();
  }

  /** The first alert of a rule. */
  public static Alert alert(String ruleId) throws IOException {
    return alerts().stream()
        .filter(alert -> alert.rule().id().equals(ruleId))
        .findFirst()
        .orElseThrow();
  }
}
