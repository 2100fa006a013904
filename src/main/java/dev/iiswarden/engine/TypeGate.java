package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the gate for one class of facts: chains of tests, of which an event must pass all of
 * one. The first events pass through the chains as they are. An index of the texts that the chains
 * require is made when there are many events, because making it takes longer than testing a few.
 * Safe for use by several threads.
 */
final class TypeGate {
  private static final int FEW = 200;

  private final List<List<GateCondition>> chains;
  private final GateTree unread;
  private volatile @Nullable GateIndex index;

  /** Approximate: threads may overwrite each other's count, so the index is made a little later. */
  private int tested;

  TypeGate(List<List<GateCondition>> chains) {
    this.chains = chains;
    unread = new GateTree(chains);
  }

  /** Whether it admits no event at all. */
  boolean isEmpty() {
    return unread.isEmpty();
  }

  boolean admits(Event event) {
    GateIndex made = index;
    if (made != null) {
      return made.admits(event);
    }
    if (++tested > FEW) {
      index =
          new GateIndex(
              chains.stream()
                  .map(chain -> chain.stream().map(GateCondition::read).toList())
                  .toList());
    }
    return unread.admits(event);
  }
}
