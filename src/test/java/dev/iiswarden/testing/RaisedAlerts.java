package dev.iiswarden.testing;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes alerts by running a detector. */
public final class RaisedAlerts {
  private static final Rules BUNDLED = Rules.baseQuery();

  private RaisedAlerts() {}

  /** All alerts that the bundled rules raise on these events. */
  public static List<Alert> raisedBy(Event... events) {
    return raisedBy(BUNDLED, Stream.of(events).map(Decoded::of).toList());
  }

  /** All alerts that these rules raise on these records. */
  public static List<Alert> raisedBy(Rules rules, List<Decoded> records) {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = Detector.builder().rules(rules).sink(sink).build()) {
      records.forEach(detector::accept);
    }
    return sink.alerts();
  }

  /** An alert on one load whose event has this id. */
  public static Alert alert(String eventId) {
    return raisedBy(IisEvents.load(eventId, "WEB", IisEvents.START)).get(0);
  }

  /** Alerts on loads that have the given prefix and a number from 0 as their ids. */
  public static List<Alert> alerts(String prefix, int count) {
    Event[] loads =
        IntStream.range(0, count)
            .mapToObj(i -> IisEvents.load(prefix + i, "WEB", IisEvents.START.plusSeconds(i)))
            .toArray(Event[]::new);
    return raisedBy(loads);
  }

  /** The id of the alert's first evidence event. */
  public static String eventId(Alert alert) {
    return String.valueOf(alert.evidence().get(0).getEvent().getId());
  }

  /** The id of each alert's first evidence event. */
  public static List<String> eventIds(List<Alert> alerts) {
    return alerts.stream().map(RaisedAlerts::eventId).toList();
  }
}
