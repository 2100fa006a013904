package dev.iiswarden.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filter that suppresses repeats: alerts of the same rule on the same host about the same DLLs
 * within a time span. The next alert after that span carries the number of suppressed repeats. Safe
 * for use by several threads.
 */
final class RepeatFilter {
  /** The kind of its entries in a saved state. */
  static final String KIND = "repeat";

  /**
   * Beyond this the least recently used entry is dropped; its next repeat is raised, which does no
   * harm. An entry takes about 400 bytes whatever the alert contains.
   */
  private static final int MOST_KEPT = 100_000;

  private final Duration span;
  private final BoundedMemory<Said> said =
      new BoundedMemory<>(MOST_KEPT, Said::toJson, (key, forgotten) -> {});

  /**
   * Creates an empty filter.
   *
   * @param span how long after an alert its repeats are suppressed
   */
  RepeatFilter(Duration span) {
    this.span = span;
  }

  /**
   * Returns the alert to deliver: marked as suppressed if it is a repeat, otherwise with the number
   * of repeats suppressed since the last one.
   */
  synchronized Alert filter(Alert alert) {
    String key = KIND + '/' + Alert.digest(AlertSubject.of(alert).repetitionKey());
    Said last = said.use(key);
    if (last != null && last.id.equals(alert.id())) {
      // Not a repeat but the same alert, raised again after a crash: it may not have been
      // delivered.
      return alert;
    }
    Instant time = alert.timestamp();
    if (last != null && Duration.between(last.time, time).abs().compareTo(span) < 0) {
      last.repeats++;
      return alert.suppressedBy(
          new Suppression(
              Suppression.By.REPEAT, null, "repeats alert " + last.id + " at " + last.time));
    }
    said.put(key, new Said(key, alert.id(), time, 0));
    return last == null ? alert : alert.withRepeats(last.repeats);
  }

  synchronized void trackChanges() {
    said.trackChanges();
  }

  synchronized void takeChanges(Map<String, @Nullable JsonNode> to) {
    said.takeChanges(to);
  }

  synchronized void addTo(List<JsonNode> state) {
    said.addTo(state);
  }

  /** Restores an entry that was written before. */
  synchronized void restore(JsonNode json) {
    Said entry =
        new Said(
            json.required("key").asText(),
            json.required("id").asText(),
            Instant.parse(json.required("time").asText()),
            json.required("repeats").asLong());
    said.put(entry.key, entry);
  }

  private static final class Said {
    private final String key;
    private final String id;
    private final Instant time;
    private long repeats;

    Said(String key, String id, Instant time, long repeats) {
      this.key = key;
      this.id = id;
      this.time = time;
      this.repeats = repeats;
    }

    ObjectNode toJson() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("kind", KIND)
          .put("key", key)
          .put("id", id)
          .put("time", time.toString())
          .put("repeats", repeats);
    }
  }
}
