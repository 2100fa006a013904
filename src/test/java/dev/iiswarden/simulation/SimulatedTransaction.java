package dev.iiswarden.simulation;

import java.util.ArrayList;
import java.util.List;

/** What a process has written and not committed. */
final class SimulatedTransaction {
  private final boolean exactlyOnce;
  private final List<Runnable> uncommitted = new ArrayList<>();

  /**
   * Begins a transaction.
   *
   * @param exactlyOnce whether writes are seen only when they are committed, and not at once
   */
  SimulatedTransaction(boolean exactlyOnce) {
    this.exactlyOnce = exactlyOnce;
  }

  void write(Runnable write) {
    if (exactlyOnce) {
      uncommitted.add(write);
    } else {
      write.run();
    }
  }

  void commit() {
    uncommitted.forEach(Runnable::run);
    uncommitted.clear();
  }

  void abort() {
    uncommitted.clear();
  }
}
