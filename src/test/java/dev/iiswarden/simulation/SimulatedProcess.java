package dev.iiswarden.simulation;

import java.util.ArrayList;
import java.util.List;

/** A process of Kafka Streams with some of the tasks, which commit together. */
final class SimulatedProcess {
  private final List<SimulatedTask<?, ?>> tasks = new ArrayList<>();
  private final SimulatedTransaction transaction;

  SimulatedProcess(boolean exactlyOnce) {
    transaction = new SimulatedTransaction(exactlyOnce);
  }

  SimulatedTransaction transaction() {
    return transaction;
  }

  List<SimulatedTask<?, ?>> tasks() {
    return tasks;
  }

  void commit() {
    tasks.forEach(SimulatedTask::writeChanges);
    transaction.commit();
    tasks.forEach(SimulatedTask::commitPosition);
  }

  /** Dies at once. Returns the tasks that others have to take over. */
  List<SimulatedTask<?, ?>> crash() {
    return orphans();
  }

  /** Dies in the middle of a commit that cannot be undone: what was written stays. */
  List<SimulatedTask<?, ?>> crashInCommit() {
    tasks.forEach(SimulatedTask::writeChanges);
    return orphans();
  }

  private List<SimulatedTask<?, ?>> orphans() {
    transaction.abort();
    List<SimulatedTask<?, ?>> orphans = List.copyOf(tasks);
    tasks.clear();
    return orphans;
  }
}
