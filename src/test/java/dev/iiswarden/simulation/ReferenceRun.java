package dev.iiswarden.simulation;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** The alerts of a detector to which nothing happens and which gets all events in order. */
final class ReferenceRun {
  private ReferenceRun() {}

  /** The alerts by id. */
  static Map<String, Alert> alerts(SimulatedFeed feed, Rules rules) {
    InMemorySink sink = new InMemorySink();
    try (Detector detector =
        Detector.builder()
            .rules(rules)
            .lateness(SimulatedFeed.LATENESS)
            .mostAhead(Duration.ofDays(1), InstantSource.fixed(feed.end()))
            .sink(sink)
            .build()) {
      feed.inOrder().forEach(record -> detector.accept(record.decoded()));
    }
    Map<String, Alert> byId = new TreeMap<>();
    sink.alerts().forEach(alert -> byId.put(alert.id(), alert));
    return byId;
  }
}
