package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import java.util.List;

/** Gives the benchmark access to the gate, which is package-private. */
public final class GateProbe {
  private final Gate gate;

  /** Creates a gate of the given rules. */
  public GateProbe(Rules rules) {
    gate = rules.base().gate();
  }

  /** Whether the event is relevant to some rule. */
  public boolean admits(Event event) {
    return !gate.relevant(List.of(event)).isEmpty();
  }
}
