package dev.iiswarden.engine;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts the threads that are handing matches over, so that closing can wait for them. Safe for use
 * by several threads.
 */
final class Handovers {
  private final Map<Thread, Integer> underWay = new HashMap<>();

  /** Notes that the current thread is about to hand matches over. */
  synchronized void begin() {
    underWay.merge(Thread.currentThread(), 1, Integer::sum);
  }

  /** Ends what {@link #begin()} began. */
  synchronized void end() {
    underWay.computeIfPresent(
        Thread.currentThread(), (thread, times) -> times == 1 ? null : times - 1);
    notifyAll();
  }

  /**
   * Waits until no thread is handing anything over. A thread that is doing so itself, because a
   * sink closes the detector, does not wait: others may be waiting for that sink.
   */
  synchronized void awaitOthers() {
    boolean interrupted = false;
    while (!underWay.isEmpty() && !underWay.containsKey(Thread.currentThread())) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
