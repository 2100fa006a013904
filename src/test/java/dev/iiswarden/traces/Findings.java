package dev.iiswarden.traces;

import dev.iiswarden.alert.Alert;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the rules raised on a course of events.
 *
 * @param alerts the alerts, without the suppressed ones
 * @param suppressed how many further alerts were suppressed
 * @param events how many events the rules were held against
 * @param lost how many records were malformed or of no known shape
 */
record Findings(List<Alert> alerts, long suppressed, long events, long lost) {
  /** What the rules raise on no events at all. */
  static final Findings NOTHING = new Findings(List.of(), 0, 0, 0);

  /** What they raised on one host. */
  Findings on(String host) {
    return new Findings(
        alerts.stream().filter(alert -> host.equals(alert.host())).toList(),
        suppressed,
        events,
        lost);
  }

  /** The alerts of each incident, in the order in which the incidents began. */
  Map<String, List<Alert>> incidents() {
    return alerts.stream()
        .collect(Collectors.groupingBy(Alert::incident, LinkedHashMap::new, Collectors.toList()));
  }

  /** The alerts of the incidents that somebody should get up for at night. */
  List<List<Alert>> highIncidents() {
    return incidents().values().stream().filter(Findings::isHigh).toList();
  }

  /** The highest severity of an alert or an incident. */
  Severity severity() {
    return highIncidents().isEmpty() ? Severity.highest(alerts) : Severity.HIGH;
  }

  /** Says whether an incident is high. */
  static boolean isHigh(List<Alert> incident) {
    return Severity.highest(incident) == Severity.HIGH;
  }

  /** Says in a few words what an incident is. */
  static String verdict(List<Alert> incident) {
    return Severity.highest(incident)
        + ": "
        + incident.stream()
            .map(alert -> alert.rule().id())
            .distinct()
            .collect(Collectors.joining(", "));
  }

  /** The number of alerts by severity and rule, such as {@code high drop-then-load}. */
  Map<String, Long> counts() {
    return alerts.stream()
        .sorted((a, b) -> Severity.of(b).compareTo(Severity.of(a)))
        .collect(
            Collectors.groupingBy(
                alert -> Severity.of(alert) + " " + alert.rule().id(),
                LinkedHashMap::new,
                Collectors.counting()));
  }
}
