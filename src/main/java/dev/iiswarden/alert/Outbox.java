package dev.iiswarden.alert;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers alerts to one sink, in order, and keeps what the sink refuses until it takes it. Safe
 * for use by several threads; the sink is called by one at a time.
 */
final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** A sink may say something else each time. */
  private static final int MOST_LOGGED_CAUSES = 100;

  private final AlertSink sink;
  private final Deque<Alert> undelivered = new ArrayDeque<>();
  private final Set<String> loggedCauses = new HashSet<>();
  private final AtomicLong size = new AtomicLong();
  private @Nullable Throwable lastFailure;

  Outbox(AlertSink sink) {
    this.sink = sink;
  }

  /** Offers the sink what it has refused before, then these. */
  synchronized void deliver(List<Alert> alerts) {
    undelivered.addAll(alerts);
    size.set(undelivered.size());
    for (Alert next = undelivered.peek(); next != null; next = undelivered.peek()) {
      try {
        sink.accept(next);
      } catch (Throwable e) { // whatever it is, other sinks shall not suffer from it
        refused(e);
        return;
      }
      undelivered.remove();
      size.set(undelivered.size());
    }
    if (lastFailure != null) {
      LOG.info("sink {} takes alerts again, none was lost", sink);
      lastFailure = null;
      loggedCauses.clear();
    }
  }

  private void refused(Throwable cause) {
    lastFailure = cause;
    if (loggedCauses.size() < MOST_LOGGED_CAUSES && loggedCauses.add(cause.toString())) {
      LOG.error("sink {} failed; its alerts are kept and will be offered again", sink, cause);
    }
  }

  /** Returns when the sink has handed on what it has taken. */
  void flush() {
    sink.flush();
  }

  /** How many alerts the sink has not taken. */
  long size() {
    return size.get();
  }

  /**
   * Offers all once more and gives up those that are still refused, into the log and to the caller.
   */
  synchronized List<Alert> close() {
    deliver(List.of());
    for (Alert alert : undelivered) {
      LOG.error("undelivered alert for sink {}: {}", sink, alert.toJson());
    }
    List<Alert> left = new ArrayList<>(undelivered);
    undelivered.clear();
    size.set(0);
    return left;
  }

  /** Why the sink refused last, if it still does. */
  synchronized @Nullable Throwable lastFailure() {
    return lastFailure;
  }
}
