package dev.iiswarden.simulation;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** A sink that fails for a while, and one that hands on what it has taken only when flushed. */
final class SimulatedSink implements AlertSink {
  private final boolean fails;
  private final boolean slow;
  private final SplittableRandom random;
  private final List<Alert> taken = new ArrayList<>();
  private final Map<String, Alert> delivered = new TreeMap<>();
  private final Map<String, Integer> times = new TreeMap<>();
  private final Set<String> raisedAtClose = new TreeSet<>();
  private boolean failing;
  private boolean recovered;
  private boolean closing;
  private long accepted;

  SimulatedSink(Faults faults) {
    fails = faults.has(Fault.FAILING_SINK);
    slow = faults.has(Fault.SLOW_SINK);
    random = faults.random(fails ? Fault.FAILING_SINK : Fault.SLOW_SINK);
  }

  @Override
  public void accept(Alert alert) {
    failOrGoOn(fails);
    accepted++;
    if (closing) {
      raisedAtClose.add(alert.id());
    }
    if (slow) {
      taken.add(alert);
    } else {
      deliver(alert);
    }
  }

  @Override
  public void flush() {
    failOrGoOn(slow);
    taken.forEach(this::deliver);
    taken.clear();
  }

  private void deliver(Alert alert) {
    delivered.put(alert.id(), alert);
    times.merge(alert.id(), 1, Integer::sum);
  }

  private void failOrGoOn(boolean mayFail) {
    if (!mayFail || recovered) {
      return;
    }
    failing = random.nextInt(10) < (failing ? 7 : 1);
    if (failing) {
      throw new SinkFailure();
    }
  }

  /** What was taken and not handed on is lost with the process. */
  void processEnded() {
    taken.clear();
    accepted = 0;
    closing = false;
  }

  /** From now on nothing fails. */
  void recover() {
    recovered = true;
  }

  /** What is raised from now on was still waiting when the detector was closed. */
  void closing() {
    closing = true;
  }

  /** How many alerts it has taken from this process. */
  long accepted() {
    return accepted;
  }

  /** The alerts that were delivered, by id. */
  Map<String, Alert> delivered() {
    return delivered;
  }

  /** How often each was delivered, by id. */
  Map<String, Integer> times() {
    return times;
  }

  /** The ids of alerts on what was not yet in order. */
  Set<String> raisedAtClose() {
    return raisedAtClose;
  }

  /** The sink does not answer. */
  private static final class SinkFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    SinkFailure() {
      super("the sink does not answer", null, false, false);
    }
  }
}
