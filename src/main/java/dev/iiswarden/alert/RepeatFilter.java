package dev.iiswarden.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds back alerts that say what was said a short while ago: of the same rule on the same host
 * about the same DLLs. The next one after that time says how many there were. Safe for use by
 * several threads.
 */
final class RepeatFilter {
  /** The one heard of longest ago goes first: then it is said once more, which does no harm. */
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
   * A filter that has heard nothing.
   *
   * @param span for how long after an alert its repeats are held back
   */
  RepeatFilter(Duration span) {
    this.span = span;
  }

  /**
   * The alert to be said: with a suppression if it is a repeat, or with the number of those that
   * were held back since the last one.
   */
  synchronized Alert filter(Alert alert) {
    String key = AlertSubject.of(alert).repetitionKey();
    Said last = said.get(key);
    Instant time = alert.timestamp();
    if (last != null && Duration.between(last.time, time).abs().compareTo(span) < 0) {
      last.repeats++;
      return alert.suppressedBy(
          new Suppression(
              Suppression.By.REPEAT,
              null,
              "the same was said by alert " + last.id + " at " + last.time));
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
