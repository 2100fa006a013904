package dev.iiswarden.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iiswarden.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filter that suppresses repeats: alerts of the same rule on the same host that the rule itself
 * declares to be repeats ({@link Rule#suppressBy()}) within its time span, and, if asked to, those
 * about the same thing that follow one another within a time span, for a week at most. The next
 * alert after that carries the number of suppressed repeats. Safe for use by several threads.
 */
final class RepeatFilter {
  /** The kind of its entries in a saved state. */
  static final String KIND = "repeat";

  /** What the keys of alerts that a rule itself declares to be repeats begin with. */
  private static final String OWN = KIND + "/own/";

  /**
   * Beyond this the least recently used entry is dropped; its next repeat is raised, which does no
   * harm. An entry takes about 400 bytes whatever the alert contains.
   */
  private static final int MOST_KEPT = 100_000;

  /** What goes on for longer than this is shown again, so that nobody forgets it. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private final @Nullable Duration span;
  private final BoundedMemory<Said> said =
      new BoundedMemory<>(MOST_KEPT, Said::toJson, (key, forgotten) -> {});

  /**
   * Creates an empty filter.
   *
   * @param span how long after an alert, shown or suppressed, those about the same thing are
   *     suppressed; null to suppress only what rules declare to be repeats
   */
  RepeatFilter(@Nullable Duration span) {
    this.span = span;
  }

  /**
   * Returns the alert to deliver: marked as suppressed if it is a repeat, otherwise with the number
   * of repeats suppressed since the last one.
   */
  synchronized Alert filter(Alert alert) {
    Map<String, Duration> spans = spansByKey(alert);
    Instant time = alert.timestamp();
    long repeats = 0;
    for (Map.Entry<String, Duration> each : spans.entrySet()) {
      Said last = said.use(each.getKey());
      if (last == null) {
        continue;
      }
      if (last.id.equals(alert.id())) {
        // Not a repeat but the same alert, raised again after a crash: it may not have been
        // delivered.
        return alert;
      }
      if (last.isRepeatedAt(time, each.getValue(), each.getKey().startsWith(OWN))) {
        last.repeatAt(time);
        return alert.suppressedBy(
            new Suppression(
                Suppression.By.REPEAT, null, "repeats alert " + last.id + " at " + last.time));
      }
      repeats += last.repeats;
    }
    spans.keySet().forEach(key -> said.put(key, new Said(key, alert.id(), time, 0)));
    return repeats == 0 ? alert : alert.withRepeats(repeats);
  }

  /** How long an alert suppresses others, by what these have in common with it. */
  private Map<String, Duration> spansByKey(Alert alert) {
    Map<String, Duration> spans = new LinkedHashMap<>();
    AlertSubject subject = AlertSubject.of(alert);
    String own = subject.ownKey();
    if (own != null) {
      spans.put(OWN + Alert.digest(own), alert.rule().suppressFor());
    }
    if (span != null) {
      spans.put(KIND + '/' + Alert.digest(subject.repetitionKey()), span);
    }
    return spans;
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
    entry.last = Instant.parse(json.required("last").asText());
    said.put(entry.key, entry);
  }

  private static final class Said {
    private final String key;
    private final String id;
    private final Instant time;
    private Instant last;
    private long repeats;

    Said(String key, String id, Instant time, long repeats) {
      this.key = key;
      this.id = id;
      this.time = time;
      this.repeats = repeats;
      last = time;
    }

    /**
     * Whether an alert of this time is a repeat.
     *
     * @param isFixed whether the span counts from the alert that was shown, not from the last one
     */
    boolean isRepeatedAt(Instant now, Duration within, boolean isFixed) {
      Duration sinceShown = Duration.between(time, now).abs();
      return isFixed
          ? sinceShown.compareTo(within) < 0
          : Duration.between(last, now).abs().compareTo(within) < 0
              && (sinceShown.compareTo(within) < 0 || sinceShown.compareTo(LONGEST) < 0);
    }

    void repeatAt(Instant now) {
      repeats++;
      last = now.isAfter(last) ? now : last;
    }

    ObjectNode toJson() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("kind", KIND)
          .put("key", key)
          .put("id", id)
          .put("time", time.toString())
          .put("last", last.toString())
          .put("repeats", repeats);
    }
  }
}
