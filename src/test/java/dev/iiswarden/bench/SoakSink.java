package dev.iiswarden.bench;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.event.FileEvent;
import java.util.BitSet;

/**
 * The sink of a soak. It counts what it takes, notes which sequences it was told of, and refuses
 * everything while it is stalled. For one thread.
 */
final class SoakSink implements AlertSink {
  private final BitSet sequences = new BitSet();
  private boolean stalled;
  private long taken;
  private long refused;
  private long repeated;

  @Override
  public void accept(Alert alert) {
    if (stalled) {
      refused++;
      throw new Stalled();
    }
    taken++;
    if (alert.rule().id().equals("registry-then-file")) {
      FileEvent drop = (FileEvent) alert.evidence().get(alert.evidence().size() - 1);
      int sequence = SoakFeed.sequence(String.valueOf(drop.getFile().getPath()));
      if (sequences.get(sequence)) {
        repeated++;
      }
      sequences.set(sequence);
    }
  }

  /** Forgets what it took so far. */
  void begin() {
    sequences.clear();
    taken = 0;
    repeated = 0;
  }

  void stall(boolean refuses) {
    stalled = refuses;
  }

  /** How many alerts it took. */
  long taken() {
    return taken;
  }

  /** How many times it refused an alert. */
  long refused() {
    return refused;
  }

  /** How many alerts on sequences it had taken before. */
  long repeated() {
    return repeated;
  }

  /** How many sequences it was told of. */
  long sequences() {
    return sequences.cardinality();
  }

  @Override
  public String toString() {
    return "of the soak";
  }

  /** Has no stack trace, because the detector logs one for each stall. */
  private static final class Stalled extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stalled() {
      super("stalled", null, false, false);
    }
  }
}
