package dev.iiswarden.simulation;

/** The process is gone. Nothing in it may run any more, so nothing must catch this. */
final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1;

  SimulatedCrash() {
    super("the process was killed", null, false, false);
  }
}
