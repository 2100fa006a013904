package dev.iiswarden.report;

import dev.iiswarden.Counters;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes of alerts a page for people: what happened on which host, in what order, and why. It is one
 * file that opens without a network and without this program.
 *
 * <p>Alerts are packed as they come, so that a thousand take a few hundred kilobytes; the page
 * unpacks those of an incident when it is looked at. Takes one alert at a time, as the detector
 * hands them over; not safe for use by several threads otherwise.
 */
public final class HtmlReport implements AlertSink {
  private final Supplier<Rules> rules;
  private final RuleCatalogue catalogue;
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final Map<LocalDate, Map<Integer, Integer>> alertsByDay = new TreeMap<>();
  private final List<PackedJson> packed = new ArrayList<>();
  private final Function<Event, @Nullable String> logs;
  private Chunk chunk;

  /**
   * A report.
   *
   * @param rules the rules that alerts come from, at the time they come
   * @param guideDirectories where the guides of rules lie that are not in this program: what their
   *     {@code @guide} names is looked for in these
   * @param logs tells the name of the log an event was read from; null for one it does not know
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
    incidents
        .computeIfAbsent(alert.incident(), unused -> new Incident(alert))
        .add(alert, rule, packed.size());
    alertsByDay
        .computeIfAbsent(
            alert.timestamp().atZone(ZoneOffset.UTC).toLocalDate(), unused -> new TreeMap<>())
        .merge(rule, 1, Integer::sum);
    if (chunk.isFull()) {
      packed.add(chunk.pack());
      chunk = new Chunk(logs);
    }
  }

  /**
   * Writes the page.
   *
   * @param file what was there before is replaced
   * @param summary of the run
   * @throws IOException if it cannot be written; then nothing is changed
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
    index.put("problems", summary.problems());
    index.put("moreProblems", summary.moreProblems());
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
    counts.put("malformed", counters.malformed());
    counts.put("late", counters.late());
    counts.put("repeated", counters.repeated());
    counts.put("ruleFailures", counters.ruleFailures());
    return counts;
  }

  /** Each day with alerts: the date, and the number of alerts by that of the rule. */
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

  /** For the log. */
  @Override
  public String toString() {
    return "report";
  }
}
