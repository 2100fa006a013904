package dev.iiswarden.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A filter that suppresses repeats: alerts of the same rule on the same host about the same DLLs
 * within a time span. The next alert after that span carries the number of suppressed repeats. Safe
 * for use by several threads.
 */
final class RepeatFilter {
  /**
   * Beyond this the least recently used entry is dropped; its next repeat is raised, which does no
   * harm.
   */
  private static final int MOST_KEPT = 100_000;

  private final Duration span;
  private final Map<String, Said> said =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Said> eldest) {
          return size() > MOST_KEPT;
        }
      };

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
    String key = AlertSubject.of(alert).repetitionKey();
    Said last = said.get(key);
    Instant time = alert.timestamp();
    if (last != null && Duration.between(last.time, time).abs().compareTo(span) < 0) {
      last.repeats++;
      return alert.suppressedBy(
          new Suppression(
              Suppression.By.REPEAT, null, "repeats alert " + last.id + " at " + last.time));
    }
    said.put(key, new Said(alert.id(), time));
    return last == null ? alert : alert.withRepeats(last.repeats);
  }

  private static final class Said {
    private final String id;
    private final Instant time;
    private long repeats;

    Said(String id, Instant time) {
      this.id = id;
      this.time = time;
    }
  }
}
