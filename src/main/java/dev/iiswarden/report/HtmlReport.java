package dev.iiswarden.report;

import dev.iiswarden.Counters;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.decode.Outcome;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HTML report on alerts: what happened on which host, in what order, and why it was reported.
 * The page is one file that opens without a network and without this program. Made by the
 * constructor, filled as a sink and written by {@link #write}.
 *
 * <p>Alerts are packed as they arrive, so a thousand take a few hundred kilobytes; the page unpacks
 * the alerts of an incident when a reader opens it. Not safe for use by several threads, except as
 * the sink of one detector, which passes alerts one at a time.
 */
public final class HtmlReport implements AlertSink {
  private static final int MOST_LOGS = 500;

  private final Supplier<Rules> rules;
  private final RuleCatalogue catalogue;
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final Map<String, String> partOf = new HashMap<>();
  private final Map<LocalDate, Map<Integer, Integer>> alertsByDay = new TreeMap<>();
  private final List<PackedJson> packed = new ArrayList<>();
  private final Function<Event, @Nullable String> logs;
  private Chunk chunk;

  /**
   * Creates an empty report.
   *
   * @param rules returns the rules in use when an alert arrives
   * @param guideDirectories the directories with the guides of rules that are not bundled: files
   *     that {@code @guide} names are searched in these, in order
   * @param logs returns the name of the log from which an event was read; null if unknown
   */
  public HtmlReport(
      Supplier<Rules> rules, List<Path> guideDirectories, Function<Event, @Nullable String> logs) {
    this.rules = rules;
    this.logs = logs;
    chunk = new Chunk(logs);
    catalogue = new RuleCatalogue(guideDirectories);
  }

  @Override
  public void accept(Alert alert) {
    Rules now = rules.get();
    int rule = catalogue.number(alert.rule(), now);
    Map<Event, Chunk.Reason> why = new LinkedHashMap<>();
    now.explain(alert.rule(), alert.evidence())
        .forEach(
            (event, explanation) ->
                why.put(event, Chunk.Reason.of(explanation, catalogue.number(explanation, now))));
    chunk.add(alert, rule, why);
    incidentOf(alert).add(alert, rule, packed.size());
    alertsByDay
        .computeIfAbsent(
            alert.timestamp().atZone(ZoneOffset.UTC).toLocalDate(), unused -> new TreeMap<>())
        .merge(rule, 1, Integer::sum);
    if (chunk.isFull()) {
      packed.add(chunk.pack());
      chunk = new Chunk(logs);
    }
  }

  /** Returns the entry of an alert's incident; those that it has taken in become part of it. */
  private Incident incidentOf(Alert alert) {
    String id = whole(alert.incident().id());
    Incident entry = incidents.computeIfAbsent(id, unused -> new Incident(alert));
    for (String merged : alert.incident().merged()) {
      String part = whole(merged);
      if (!part.equals(id)) {
        partOf.put(part, id);
        Incident other = incidents.remove(part);
        if (other != null) {
          entry.takeIn(other);
        }
      }
    }
    return entry;
  }

  /** The id under which the list has an incident that may have become part of another one. */
  private String whole(String id) {
    String whole = id;
    for (String next = partOf.get(id); next != null; next = partOf.get(next)) {
      whole = next;
    }
    return whole;
  }

  /**
   * Writes the page.
   *
   * @param file the file, which is replaced if it exists
   * @param summary the summary of the run
   * @throws IOException if the page cannot be written; the file is then unchanged
   */
  public void write(Path file, ReportSummary summary) throws IOException {
    Page page =
        new Page("iiswarden report: " + String.join(", ", summary.inputs()))
            .withD3()
            .withScripts("page.js", "rule.js", "timeline.js", "overview.js", "incident.js")
            .withData("index", PackedJson.of(index(summary)));
    List<PackedJson> chunks = new ArrayList<>(packed);
    if (!chunk.isEmpty()) {
      chunks.add(chunk.pack());
    }
    for (int i = 0; i < chunks.size(); i++) {
      page.withData("chunk-" + i, chunks.get(i));
    }
    catalogue.guides().forEach(page::withTemplate);
    page.write(file);
  }

  private Map<String, Object> index(ReportSummary summary) {
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("version", summary.version());
    index.put("inputs", summary.inputs());
    if (summary.first() != null && summary.last() != null) {
      index.put("span", List.of(summary.first().toString(), summary.last().toString()));
    }
    index.put("counts", counts(summary.counters()));
    index.put("logs", logs(summary.logs()));
    index.put("moreLogs", Math.max(0, summary.logs().size() - MOST_LOGS));
    index.put("problems", summary.problems());
    index.put("moreProblems", summary.moreProblems());
    index.put("interrupted", summary.interrupted());
    index.put("rules", catalogue.rules());
    index.put("patterns", catalogue.patterns());
    index.put("incidents", incidents.values().stream().map(Incident::view).toList());
    index.put("days", days());
    return index;
  }

  private static Map<String, Long> counts(Counters counters) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("events", counters.events());
    counts.put("alerts", counters.alerts());
    counts.put("suppressed", counters.suppressed());
    counts.put("notOfInterest", counters.notOfInterest());
    counts.put("unrecognised", counters.unrecognised());
    counts.put("withoutTime", counters.withoutTime());
    counts.put("malformed", counters.malformed());
    counts.put("withoutHost", counters.withoutHost());
    counts.put("pastDated", counters.pastDated());
    counts.put("futureDated", counters.futureDated());
    counts.put("late", counters.late());
    counts.put("repeated", counters.repeated());
    counts.put("duplicates", counters.duplicates());
    counts.put("ruleFailures", counters.ruleFailures());
    counts.put("overBudget", counters.overBudget());
    return counts;
  }

  /**
   * Returns the logs for the page, those that lost most first and otherwise in their order. Of many
   * thousand logs nobody reads the rest.
   */
  private static List<Map<String, Object>> logs(List<LogCounts> logs) {
    return logs.stream()
        .sorted(Comparator.comparingLong(LogCounts::lost).reversed())
        .limit(MOST_LOGS)
        .map(HtmlReport::view)
        .toList();
  }

  private static Map<String, Object> view(LogCounts log) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", log.log());
    view.put("records", log.records());
    view.put("notOfInterest", log.of(Outcome.NOT_OF_INTEREST));
    view.put("unrecognised", log.of(Outcome.UNRECOGNISED));
    view.put("withoutTime", log.of(Outcome.NO_TIME));
    view.put("malformed", log.of(Outcome.MALFORMED));
    return view;
  }

  /** Returns each day with alerts: the date, and the number of alerts by the number of the rule. */
  private List<Map<String, Object>> days() {
    List<Map<String, Object>> days = new ArrayList<>();
    alertsByDay.forEach(
        (day, byRule) -> {
          Map<String, Object> view = new LinkedHashMap<>();
          view.put("date", day.toString());
          view.put("alerts", byRule);
          days.add(view);
        });
    return days;
  }

  /** The sink's name in logs. */
  @Override
  public String toString() {
    return "report";
  }
}
