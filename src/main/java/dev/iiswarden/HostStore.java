package dev.iiswarden;

import org.jspecify.annotations.Nullable;

/**
 * A store for the open state of hosts outside the detector, such as the state store of a stream
 * processor. With it, state survives the process and moves with the host. Embedders implement it
 * and pass it to {@link DetectorBuilder}. The detector loads a host when a relevant event arrives
 * from a host that is not in memory, and saves a host whenever anything but its clock has changed.
 *
 * <p>The detector calls the store on the thread that called the detector, from one thread at a time
 * for each key. An exception from the store goes to that caller; the detector cannot be used
 * afterwards.
 */
public interface HostStore {
  /**
   * Returns the state that was saved last.
   *
   * @param key the part that all names of a machine share, see {@link
   *     dev.iiswarden.event.HostFields#getCorrelationKey()}
   * @return the state as it was saved; null if there is none
   */
  byte @Nullable [] load(String key);

  /**
   * Saves the open state of a host.
   *
   * @param key as for {@link #load}
   * @param state the state, to be returned unchanged by {@link #load}; null if the host has no open
   *     state any more
   */
  void save(String key, byte @Nullable [] state);
}
