package dev.iiswarden.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hosts kept outside memory, in the form of snapshots, by their {@linkplain
 * dev.iiswarden.event.HostFields#getCorrelationKey() correlation key}. A host is saved after
 * anything but its clock has changed. Records that were seen are not stored: after a crash a store
 * may be ahead of its feed, and then a record that is fed again must be evaluated again. Exceptions
 * of the store reach the caller of the detector. Not safe for use by several threads.
 */
final class StoredHosts {
  private final Function<String, byte @Nullable []> load;
  private final BiConsumer<String, byte @Nullable []> save;

  /** The keys of hosts that differ from the stored version. */
  private final Set<String> changed = new LinkedHashSet<>();

  /**
   * Creates an accessor of a store.
   *
   * @param load returns the state last saved under a key; null if there is none
   * @param save saves the state of a key; null when nothing is open any more
   */
  StoredHosts(
      Function<String, byte @Nullable []> load, BiConsumer<String, byte @Nullable []> save) {
    this.load = load;
    this.save = save;
  }

  /** Returns the state that was saved last; without hosts if there is none. */
  Snapshot load(String correlationKey) {
    byte[] stored = load.apply(correlationKey);
    if (stored == null) {
      return new Snapshot(0, List.of(), List.of());
    }
    try {
      return Snapshot.read(new ByteArrayInputStream(stored));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the stored state of host " + correlationKey, e);
    }
  }

  /** Marks a host as different from its stored version. */
  void markChanged(Host host) {
    changed.add(host.correlationKey());
  }

  /**
   * Saves all hosts that have changed.
   *
   * @param lastArrival the highest number of any record so far
   */
  void saveChanged(OpenHosts open, long lastArrival) {
    for (String key : changed) {
      List<HostState> states = open.sharing(key).stream().map(Host::state).toList();
      save.accept(
          key, states.isEmpty() ? null : bytes(new Snapshot(lastArrival, List.of(), states)));
    }
    changed.clear();
  }

  private static byte[] bytes(Snapshot hosts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      hosts.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
