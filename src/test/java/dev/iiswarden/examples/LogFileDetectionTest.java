package dev.iiswarden.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Explanation;
import dev.iiswarden.sink.InMemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileDetectionTest {
  @TempDir private Path directory;

  @Test
  void everyAlertOfTheFileIsRaised() throws IOException {
    Path file = directory.resolve("events.ndjson");
    Files.write(file, SampleLines.all());
    Set<String> raised = new TreeSet<>();
    LogFileDetection.run(file, (id, severity, json) -> raised.add(id));
    assertEquals(SampleLines.alertIds(), raised);
  }

  @Test
  void theAlertsOfManyFilesAreThoseOfOne() throws IOException {
    List<String> lines = SampleLines.all();
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      files.add(Files.writeString(directory.resolve(i + ".ndjson"), lines.get(i) + "\n"));
    }
    InMemorySink sink = new InMemorySink();
    try (Detector detector = Detector.builder().sink(sink).build()) {
      LogFileDetection.runOnAllProcessors(files, detector);
    }
    assertEquals(
        SampleLines.alertIds(),
        sink.alerts().stream().map(Alert::id).collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyEventOfTheEvidenceHasAReason() throws IOException {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = Detector.builder().sink(sink).build()) {
      SampleLines.all().forEach(line -> detector.accept(EventDecoders.auto().decode(line)));
      detector.flush();
      List<Alert> alerts = sink.alerts();
      assertTrue(alerts.size() >= 5, alerts::toString);
      for (Alert alert : alerts) {
        Map<Event, Explanation> reasons = LogFileDetection.reasons(detector, alert);
        assertEquals(new HashSet<>(alert.evidence()), reasons.keySet());
      }
    }
  }
}
