package dev.iiswarden;

import org.jspecify.annotations.Nullable;

/**
 * Keeps what is open of each host outside of a detector: in the store of a stream processor, so
 * that it outlives the process and moves with the host. The detector asks for a host when something
 * comes from it that is not in memory, and saves a host whenever anything but its clock has
 * changed.
 *
 * <p>Called on the thread that called the detector, by one thread at a time for one key. What it
 * throws goes to that caller; the detector is of no more use then.
 */
public interface HostStore {
  /**
   * What was saved last.
   *
   * @param key what all names of a machine have in common, see {@link
   *     dev.iiswarden.event.HostFields#getCorrelationKey()}
   * @return null for nothing
   */
  byte @Nullable [] load(String key);

  /**
   * Keeps what is open.
   *
   * @param key as for {@link #load}
   * @param state to be given back as it is; null when nothing is open any more
   */
  void save(String key, byte @Nullable [] state);
}
