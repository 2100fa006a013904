package dev.iiswarden.traces;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.Incident;
import java.util.ArrayList;
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
    Map<String, List<Alert>> incidents = new LinkedHashMap<>();
    for (Alert alert : alerts) {
      List<Alert> members = new ArrayList<>();
      for (String merged : alert.incident().merged()) {
        List<Alert> taken = incidents.remove(merged);
        members.addAll(taken == null ? List.of() : taken);
      }
      members.add(alert);
      incidents.computeIfAbsent(alert.incident().id(), unused -> new ArrayList<>()).addAll(members);
    }
    return incidents;
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
    return last(incident).severity().equals("high");
  }

  /** Says what is known of an incident in the end. */
  static String verdict(List<Alert> incident) {
    Incident last = last(incident);
    return last.severity() + " " + last.score() + ": " + last.verdict();
  }

  private static Incident last(List<Alert> incident) {
    return incident.get(incident.size() - 1).incident();
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
