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
 * Puts a queue between the detector and a sink that is slow, and hands alerts on in order from a
 * thread of its own: detection goes on meanwhile.
 *
 * <p>When the queue is full, {@code accept} waits for room, so that no alert is lost and memory is
 * bounded. An alert that the sink refuses stays the first, and is offered again after a pause that
 * grows up to five seconds; the queue fills up behind it.
 *
 * <p>What is in the queue is lost with the process: {@link #close()} hands it on first, and {@code
 * StateDirectory.save} waits until nothing is in it. Safe for use by several threads.
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
   * A queue before a sink; starts its thread, a daemon.
   *
   * @param sink called by that thread alone; not closed with the queue
   * @param capacity how many alerts may wait
   * @throws IllegalArgumentException if the capacity is not positive
   */
  public QueuedSink(AlertSink sink, int capacity) {
    if (capacity <= 0) {
      throw new IllegalArgumentException("a capacity of " + capacity + " is not positive");
    }
    this.sink = sink;
    this.capacity = capacity;
    worker = new Thread(this::handOn, "iiswarden-alerts");
    worker.setDaemon(true);
    worker.start();
  }

  /**
   * Queues an alert; waits while the queue is full.
   *
   * @throws IllegalStateException if the queue is closed, or the thread is interrupted while it
   *     waits; the alert is not in the queue then
   */
  @Override
  public synchronized void accept(Alert alert) {
    while (!closing && queue.size() >= capacity) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw interrupted("the queue is full", e);
      }
    }
    if (closing) {
      throw new IllegalStateException("the queue is closed");
    }
    queue.add(alert);
    notifyAll();
  }

  /**
   * Waits until nothing is in the queue.
   *
   * @throws IllegalStateException if the sink refuses what is first in it, or the thread is
   *     interrupted
   */
  @Override
  public synchronized void flush() {
    while (!queue.isEmpty()) {
      if (refusal != null) {
        throw new IllegalStateException(queue.size() + " alerts wait for a sink", refusal);
      }
      try {
        wait();
      } catch (InterruptedException e) {
        throw interrupted("alerts are handed on", e);
      }
    }
  }

  private static IllegalStateException interrupted(String meanwhile, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while " + meanwhile, e);
  }

  private void handOn() {
    long pause = FIRST_PAUSE_MILLIS;
    for (Alert next = first(); next != null; next = first()) {
      Throwable refused = offer(next);
      if (refused == null) {
        pause = FIRST_PAUSE_MILLIS;
      } else if (!mayTryAgain(refused, pause)) {
        return;
      } else {
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  /** The first alert, which stays in the queue; waits for one, and is null after the last. */
  private synchronized @Nullable Alert first() {
    while (queue.isEmpty() && !closing) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Nobody but this class has the thread, and it ends when it is closed.
        LOG.warn("interrupted, and going on", e);
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

  private synchronized boolean mayTryAgain(Throwable refused, long pause) {
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
        LOG.warn("interrupted, and going on", e);
      }
    }
    return true;
  }

  private static long millisUntil(long nanoTime) {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime());
  }

  /**
   * Hands on what is in the queue and ends the thread. A second call does nothing.
   *
   * @throws IllegalStateException if the sink refuses alerts to the end; they are logged in full,
   *     and are gone
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
      throw interrupted("alerts are handed on", e);
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
          left.size() + " alerts could not be handed on; the log has them", refusal);
    }
  }
}
