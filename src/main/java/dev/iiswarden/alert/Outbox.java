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
 * The queue in front of one sink. It delivers alerts in order and keeps those that the sink refuses
 * until the sink takes them. Safe for use by several threads; it calls the sink from one thread at
 * a time.
 */
final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** A bound, because a sink may report a different cause each time. */
  private static final int MOST_LOGGED_CAUSES = 100;

  private final AlertSink sink;
  private final Deque<Alert> undelivered = new ArrayDeque<>();
  private final Set<String> loggedCauses = new HashSet<>();
  private final AtomicLong size = new AtomicLong();
  private @Nullable Throwable lastFailure;

  Outbox(AlertSink sink) {
    this.sink = sink;
  }

  /** Offers the sink first the alerts that it refused before, then these. */
  synchronized void deliver(List<Alert> alerts) {
    undelivered.addAll(alerts);
    size.set(undelivered.size());
    for (Alert next = undelivered.peek(); next != null; next = undelivered.peek()) {
      try {
        sink.accept(next);
      } catch (Throwable e) { // no failure of one sink may affect the others
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

  /** Blocks until the sink has handed on all alerts that it has taken. */
  void flush() {
    sink.flush();
  }

  /** The number of alerts that the sink has not taken. */
  long size() {
    return size.get();
  }

  /** Offers all alerts once more. Those that are still refused are logged, removed and returned. */
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

  /** The sink's last failure; null if the sink takes alerts again. */
  synchronized @Nullable Throwable lastFailure() {
    return lastFailure;
  }
}
