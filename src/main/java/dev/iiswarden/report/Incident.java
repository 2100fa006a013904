package dev.iiswarden.report;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventLine;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The entry of an incident in the list of incidents, so that the page can show the list without
 * unpacking alerts.
 */
final class Incident {
  private static final int MOST_WORDS = 400;
  private static final int MOST_IN_A_WORD = 80;

  private dev.iiswarden.alert.Incident known;
  private final @Nullable String host;
  private final Set<String> ids = new TreeSet<>();
  private final Set<Integer> chunks = new TreeSet<>();
  private final Map<Integer, Integer> alertsByRule = new TreeMap<>();
  private final Set<String> words = new LinkedHashSet<>();
  private Instant start = Instant.MAX;
  private Instant end = Instant.MIN;

  Incident(Alert first) {
    known = first.incident();
    host = first.host();
  }

  /**
   * Counts an alert.
   *
   * @param rule the number of its rule
   * @param chunk the number of the part of the data that holds it
   */
  void add(Alert alert, int rule, int chunk) {
    dev.iiswarden.alert.Incident now = alert.incident();
    if (isLater(now)) {
      known = now;
    }
    ids.add(now.id());
    alertsByRule.merge(rule, 1, Integer::sum);
    chunks.add(chunk);
    alert
        .evidence()
        .forEach(
            event -> {
              start = event.getTimestamp().isBefore(start) ? event.getTimestamp() : start;
              end = event.getTimestamp().isAfter(end) ? event.getTimestamp() : end;
              addWords(event);
            });
  }

  /** Whether this is the newer state of the incident; alerts may come in another order. */
  private boolean isLater(dev.iiswarden.alert.Incident other) {
    return other.score() > known.score()
        || other.stages().size() > known.stages().size()
        || !other.last().isBefore(known.last());
  }

  /** Takes in an incident of which this one turned out to be a part, or the other way round. */
  void takeIn(Incident other) {
    other.alertsByRule.forEach((rule, alerts) -> alertsByRule.merge(rule, alerts, Integer::sum));
    chunks.addAll(other.chunks);
    ids.addAll(other.ids);
    other.words.stream().filter(word -> words.size() < MOST_WORDS).forEach(words::add);
    start = other.start.isBefore(start) ? other.start : start;
    end = other.end.isAfter(end) ? other.end : end;
  }

  /** Adds the file, program and user of an event, by which a reader can find the incident. */
  private void addWords(Event event) {
    if (words.size() < MOST_WORDS) {
      addFile(event.kind().file(event));
      event.kind().dlls(event).forEach(this::addFile);
      addWord(EventLine.of(event).program());
      addWord(event.getUser().getName());
    }
  }

  private void addFile(@Nullable String path) {
    addWord(path == null ? null : path.substring(path.lastIndexOf('\\') + 1));
  }

  private void addWord(@Nullable String word) {
    if (word != null) {
      words.add(EventView.clip(word, MOST_IN_A_WORD));
    }
  }

  Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", known.id());
    view.put("ids", ids);
    view.put("host", host == null ? "" : host);
    view.put("severity", known.severity());
    view.put("score", known.score());
    view.put("verdict", known.verdict());
    view.put("start", start.toString());
    view.put("end", end.toString());
    view.put(
        "rules",
        alertsByRule.entrySet().stream()
            .map(rule -> Arrays.asList(rule.getKey(), rule.getValue()))
            .toList());
    view.put("words", words);
    view.put("chunks", chunks);
    return view;
  }
}
