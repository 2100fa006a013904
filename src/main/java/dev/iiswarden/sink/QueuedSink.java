package dev.iiswarden.sink;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue between the detector and a slow sink. A thread of its own delivers the alerts in order,
 * while detection continues. Create it with the constructor.
 *
 * <p>When the queue is full, {@code accept} waits for room, so no alert is lost and memory is
 * bounded. An alert that the sink refuses stays first in the queue. It is offered again after a
 * pause that grows up to five seconds, and meanwhile the queue fills up.
 *
 * <p>Alerts in the queue are lost if the process dies. {@link #close()} delivers them first, and
 * {@code StateDirectory.save} waits until the queue is empty. Safe for use by several threads.
 */
public final class QueuedSink implements AlertSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueuedSink.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final AlertSink sink;
  private final int capacity;
  private final Thread worker;
  private final Deque<Alert> queue = new ArrayDeque<>();
  private @Nullable Throwable refusal;
  private boolean closing;

  /**
   * Creates a queue in front of a sink and starts its thread, a daemon.
   *
   * @param sink called only by that thread; not closed with the queue
   * @param capacity the number of alerts that may wait
   * @throws IllegalArgumentException if the capacity is not positive
   */
  public QueuedSink(AlertSink sink, int capacity) {
    if (capacity <= 0) {
      throw new IllegalArgumentException("capacity " + capacity + " is not positive");
    }
    this.sink = sink;
    this.capacity = capacity;
    worker = new Thread(this::deliver, "iiswarden-alerts");
    worker.setDaemon(true);
    worker.start();
  }

  /**
   * Adds an alert to the queue; waits while the queue is full.
   *
   * @throws IllegalStateException if the queue is closed, or if the thread is interrupted while it
   *     waits; then the alert is not in the queue
   */
  @Override
  public synchronized void accept(Alert alert) {
    while (!closing && queue.size() >= capacity) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw interrupted("waiting for room in the queue", e);
      }
    }
    if (closing) {
      throw new IllegalStateException("the queue is closed");
    }
    queue.add(alert);
    notifyAll();
  }

  /**
   * Waits until the queue is empty.
   *
   * @throws IllegalStateException if the sink refuses the first alert, or if the thread is
   *     interrupted
   */
  @Override
  public synchronized void flush() {
    while (!queue.isEmpty()) {
      if (refusal != null) {
        throw new IllegalStateException(
            queue.size() + " alerts wait for the sink to accept them", refusal);
      }
      try {
        wait();
      } catch (InterruptedException e) {
        throw interrupted("waiting for the delivery of alerts", e);
      }
    }
  }

  private static IllegalStateException interrupted(String meanwhile, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while " + meanwhile, e);
  }

  private void deliver() {
    long pause = FIRST_PAUSE_MILLIS;
    for (Alert next = first(); next != null; next = first()) {
      Throwable refused = offer(next);
      if (refused == null) {
        pause = FIRST_PAUSE_MILLIS;
      } else if (!mayRetry(refused, pause)) {
        return;
      } else {
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  /**
   * Returns the first alert, which stays in the queue. Waits for one, and returns null after the
   * last.
   */
  private synchronized @Nullable Alert first() {
    while (queue.isEmpty() && !closing) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Only this class has access to the thread, which ends when the queue is closed.
        LOG.warn("interrupted; continuing", e);
      }
    }
    return queue.peek();
  }

  private @Nullable Throwable offer(Alert alert) {
    try {
      sink.accept(alert);
    } catch (Throwable e) { // whatever it is, the alert has to be kept
      return e;
    }
    synchronized (this) {
      queue.remove();
      refusal = null;
      notifyAll();
    }
    return null;
  }

  private synchronized boolean mayRetry(Throwable refused, long pause) {
    if (refusal == null) {
      LOG.error("sink {} failed; its alerts wait and will be offered again", sink, refused);
    }
    refusal = refused;
    notifyAll();
    if (closing) {
      return false;
    }
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
    for (long left = pause; left > 0 && !closing; left = millisUntil(until)) {
      try {
        wait(left);
      } catch (InterruptedException e) {
        LOG.warn("interrupted; continuing", e);
      }
    }
    return true;
  }

  private static long millisUntil(long nanoTime) {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime());
  }

  /**
   * Delivers the alerts in the queue and ends the thread. A second call does nothing.
   *
   * @throws IllegalStateException if the sink still refuses alerts; they are logged in full and
   *     removed from the queue
   */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      worker.join();
    } catch (InterruptedException e) {
      throw interrupted("waiting for the delivery of alerts", e);
    }
    List<Alert> left;
    synchronized (this) {
      left = new ArrayList<>(queue);
      queue.clear();
    }
    for (Alert alert : left) {
      LOG.error("undelivered alert for sink {}: {}", sink, alert.toJson());
    }
    if (!left.isEmpty()) {
      throw new IllegalStateException(
          left.size() + " alerts could not be delivered; they are in the log", refusal);
    }
  }
}
