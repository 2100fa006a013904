package dev.iiswarden.report;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Explanation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a report's data that the page unpacks separately: consecutive alerts and their
 * evidence.
 */
final class Chunk {
  private static final int MOST_ALERTS = 500;

  private final PackedList alerts = new PackedList();
  private final PackedList events = new PackedList();
  private final Map<Event, Integer> numbers = new HashMap<>();
  private final Function<Event, @Nullable String> logs;

  /**
   * Creates an empty chunk.
   *
   * @param logs returns the log from which an event was read; null if unknown
   */
  Chunk(Function<Event, @Nullable String> logs) {
    this.logs = logs;
  }

  boolean isEmpty() {
    return alerts.size() == 0;
  }

  boolean isFull() {
    return alerts.size() >= MOST_ALERTS || events.isLong();
  }

  /**
   * Adds an alert.
   *
   * @param rule the number of its rule
   * @param why for each evidence event, the pattern that it matched and the outcomes of the
   *     conditions
   */
  void add(Alert alert, int rule, Map<Event, Reason> why) {
    List<Map<String, Object>> evidence = new ArrayList<>();
    for (Event event : alert.evidence()) {
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("event", number(event));
      Reason reason = why.get(event);
      if (reason != null) {
        part.put("pattern", reason.pattern());
        part.put("outcomes", reason.outcomes());
      }
      evidence.add(part);
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", alert.id());
    view.put("incident", alert.incident().id());
    view.put("rule", rule);
    view.put("time", alert.timestamp().toString());
    view.put("evidence", evidence);
    if (alert.repeats() > 0) {
      view.put("repeats", alert.repeats());
    }
    alerts.add(view);
  }

  private int number(Event event) {
    Integer known = numbers.get(event);
    if (known != null) {
      return known;
    }
    int number = events.size();
    events.add(EventView.of(event, logs.apply(event)));
    numbers.put(event, number);
    return number;
  }

  PackedJson pack() {
    return PackedJson.ofText("{\"alerts\":" + alerts.json() + ",\"events\":" + events.json() + "}");
  }

  /**
   * Why an event is evidence.
   *
   * @param pattern the number of the pattern that the event matched
   * @param outcomes the outcomes of the pattern's conditions
   */
  record Reason(int pattern, String outcomes) {
    static Reason of(Explanation explanation, int pattern) {
      return new Reason(pattern, RuleCatalogue.outcomes(explanation));
    }
  }
}
