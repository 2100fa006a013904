package dev.iiswarden;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store for the open state of hosts outside the detector, such as the state store of a stream
 * processor. With it, state survives the process and moves with the host. Embedders implement it
 * and pass it to {@link DetectorBuilder}. The detector loads a host when a relevant event arrives
 * from a host that is not in memory, and saves a host whenever anything but its clock has changed.
 *
 * <p>The state under a key is in parts: one for each event that a rule waits with, one for each
 * record that waits to be put in order, and some small ones. Only parts that change are saved. A
 * part is about as large as the record it is made of, so {@link
 * DetectorBuilder#mostCharactersPerEvent} bounds it. Their names and content are the detector's
 * own. Each carries a checksum: a part that has been damaged is refused by the detector.
 *
 * <p>The key {@link #DELIVERY} belongs to no host: what the hourly limits of alerts and the
 * suppression of repeats remember is under it. It is loaded when the detector is built.
 *
 * <p>The detector calls the store on the thread that called the detector, from one thread at a time
 * for each key. An exception from the store goes to that caller; the detector cannot be used
 * afterwards.
 */
public interface HostStore {
  /** The key of what the delivery of alerts remembers. Keys of hosts contain no capitals. */
  String DELIVERY = "DELIVERY";

  /**
   * Returns the parts that were saved last.
   *
   * @param key the part that all names of a machine share, see {@link
   *     dev.iiswarden.event.HostFields#getCorrelationKey()}
   * @return each part as it was saved, by its name; empty if there are none
   */
  Map<String, byte[]> load(String key);

  /**
   * Saves parts that have changed. A store with transactions should save all of them or none.
   *
   * @param key as for {@link #load}
   * @param parts parts by their names, to be returned unchanged by {@link #load}; a part that is
   *     null is to be deleted
   */
  void save(String key, Map<String, byte @Nullable []> parts);

  /**
   * Deletes all parts under a key, because nothing is open any more.
   *
   * @param key as for {@link #load}
   */
  void delete(String key);
}
