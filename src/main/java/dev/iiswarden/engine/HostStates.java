package dev.iiswarden.engine;

import java.util.List;

/**
 * Where the states of hosts are kept outside of memory, by what all names of a machine have in
 * common. Called while a lock is held; whatever it throws goes to the caller of the detector.
 */
public interface HostStates {
  /** Keeps none: what is open is in memory alone. */
  HostStates NONE =
      new HostStates() {
        @Override
        public Snapshot load(String correlationKey) {
          return new Snapshot(0, List.of());
        }

        @Override
        public void save(String correlationKey, Snapshot hosts) {
          // Not kept.
        }
      };

  /** What was saved last; without hosts for nothing. */
  Snapshot load(String correlationKey);

  /**
   * Keeps what is open now.
   *
   * @param hosts all machines that share the key; none when nothing is open any more
   */
  void save(String correlationKey, Snapshot hosts);
}
