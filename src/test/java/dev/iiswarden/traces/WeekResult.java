package dev.iiswarden.traces;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the rules raised on the quiet week and on the week with an intrusion of one seed.
 *
 * @param seed the seed of both weeks
 * @param quiet what they raised on each server of the quiet week, by its name
 * @param intruded what they raised on the intruder's server
 * @param intrusion what the intruder did
 */
record WeekResult(long seed, Map<String, Findings> quiet, Findings intruded, Intrusion intrusion) {

  static final String HEADING =
      String.format(
          Locale.ROOT,
          "%5s %7s | %6s %9s %4s | %6s %9s %4s %-6s  %s",
          "seed",
          "events",
          "alerts",
          "incidents",
          "high",
          "alerts",
          "incidents",
          "high",
          "needle",
          "intrusion");

  /** Runs both weeks of a seed. */
  static WeekResult of(Rules rules, long seed) {
    AdministrationWeek week = AdministrationWeek.of(seed);
    Findings all = Replay.lines(rules, week.quiet());
    Map<String, Findings> servers = new TreeMap<>();
    week.servers().forEach(server -> servers.put(server, all.on(server)));
    Intrusion intrusion = week.intrusion();
    Findings intruded = Replay.lines(rules, week.intruded()).on(intrusion.host());
    return new WeekResult(seed, servers, intruded, intrusion);
  }

  /** The most alerts on a server of the quiet week. */
  int mostAlerts() {
    return quiet.values().stream().mapToInt(f -> f.alerts().size()).max().orElse(0);
  }

  /** The most incidents on a server of the quiet week. */
  int mostIncidents() {
    return quiet.values().stream().mapToInt(f -> f.incidents().size()).max().orElse(0);
  }

  /** The high incidents of the quiet week, on all servers. */
  List<List<Alert>> falseHighIncidents() {
    return quiet.values().stream().flatMap(f -> f.highIncidents().stream()).toList();
  }

  /** Whether the quiet week has no high incident. */
  boolean isQuiet() {
    return falseHighIncidents().isEmpty();
  }

  /** Whether a high incident names the intruder's DLL. */
  boolean needleFound() {
    return intruded.highIncidents().stream().anyMatch(this::namesTheDll);
  }

  /** Whether the intrusion is the week's only high incident. */
  boolean needleAlone() {
    return needleFound() && intruded.highIncidents().size() == 1;
  }

  private boolean namesTheDll(List<Alert> incident) {
    return incident.stream()
        .map(alert -> alert.toJson().toLowerCase(Locale.ROOT))
        .anyMatch(alert -> alert.contains(intrusion.dllName().toLowerCase(Locale.ROOT)));
  }

  /** One line of a report. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%5d %7d | %6d %9d %4d | %6d %9d %4d %-6s  %s",
        seed,
        quiet.values().iterator().next().events(),
        mostAlerts(),
        mostIncidents(),
        falseHighIncidents().size(),
        intruded.alerts().size(),
        intruded.incidents().size(),
        intruded.highIncidents().size(),
        needleAlone() ? "found" : needleFound() ? "among" : "MISSED",
        intrusion.way());
  }

  /** How many alerts of the quiet week each rule raised and what caused them. */
  Map<String, Long> causes() {
    return quiet.values().stream()
        .flatMap(findings -> findings.alerts().stream())
        .collect(
            Collectors.groupingBy(
                alert -> Severity.of(alert) + " " + alert.rule().id() + "  <- " + cause(alert),
                TreeMap::new,
                Collectors.counting()));
  }

  private static String cause(Alert alert) {
    Event last = alert.evidence().get(alert.evidence().size() - 1);
    String id = last.getEvent().getId();
    if (id != null && id.matches("[a-zA-Z_ ]+ \\d+")) {
      return id.replaceAll(" \\d+$", "");
    }
    return "through " + last.getProcess().getName();
  }
}
