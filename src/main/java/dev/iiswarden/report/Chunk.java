package dev.iiswarden.report;

import dev.iiswarden.Alert;
import dev.iiswarden.Explanation;
import dev.iiswarden.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A part of a report's data that is unpacked by itself: alerts in a row, and their evidence. */
final class Chunk {
  private final List<Map<String, Object>> alerts = new ArrayList<>();
  private final Map<Event, Integer> numbers = new LinkedHashMap<>();
  private final Function<Event, @Nullable String> logs;

  /**
   * An empty one.
   *
   * @param logs tells where an event was read
   */
  Chunk(Function<Event, @Nullable String> logs) {
    this.logs = logs;
  }

  int size() {
    return alerts.size();
  }

  /**
   * Takes an alert in.
   *
   * @param rule the number of its rule
   * @param why by event of the evidence the number of the pattern that took it, and the outcome of
   *     its conditions
   */
  void add(Alert alert, int rule, Map<Event, Reason> why) {
    List<Map<String, Object>> evidence = new ArrayList<>();
    for (Event event : alert.evidence()) {
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("event", numbers.computeIfAbsent(event, unused -> numbers.size()));
      Reason reason = why.get(event);
      if (reason != null) {
        part.put("pattern", reason.pattern());
        part.put("outcomes", reason.outcomes());
      }
      evidence.add(part);
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", alert.id());
    view.put("incident", alert.incident());
    view.put("rule", rule);
    view.put("time", alert.timestamp().toString());
    view.put("evidence", evidence);
    if (alert.repeats() > 0) {
      view.put("repeats", alert.repeats());
    }
    alerts.add(view);
  }

  PackedJson pack() {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("alerts", alerts);
    whole.put(
        "events",
        numbers.keySet().stream().map(event -> EventView.of(event, logs.apply(event))).toList());
    return PackedJson.of(whole);
  }

  /**
   * Why an event is evidence.
   *
   * @param pattern the number of the pattern that took it
   * @param outcomes of its conditions
   */
  record Reason(int pattern, String outcomes) {
    static Reason of(Explanation explanation, int pattern) {
      return new Reason(pattern, RuleCatalogue.outcomes(explanation));
    }
  }
}
