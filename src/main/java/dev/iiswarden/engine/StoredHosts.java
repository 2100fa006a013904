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
 * Hosts that are kept outside of memory, in the form of a snapshot, by their {@linkplain
 * dev.iiswarden.event.HostFields#getCorrelationKey() correlation key}. A host is written after
 * anything but its clock has changed. What the store throws goes to the detector's caller. Not safe
 * for use by several threads.
 */
final class StoredHosts {
  private final Function<String, byte @Nullable []> load;
  private final BiConsumer<String, byte @Nullable []> save;

  /** The keys of hosts that differ from what the store has. */
  private final Set<String> changed = new LinkedHashSet<>();

  /**
   * Hosts in a store.
   *
   * @param load returns what was saved last under a key; null for nothing
   * @param save keeps the state of a key; null when nothing is open any more
   */
  StoredHosts(
      Function<String, byte @Nullable []> load, BiConsumer<String, byte @Nullable []> save) {
    this.load = load;
    this.save = save;
  }

  /** What was saved last; without hosts if nothing was. */
  Snapshot load(String correlationKey) {
    byte[] stored = load.apply(correlationKey);
    if (stored == null) {
      return new Snapshot(0, List.of());
    }
    try {
      return Snapshot.read(new ByteArrayInputStream(stored));
    } catch (IOException e) {
      throw new UncheckedIOException("what is stored of host " + correlationKey, e);
    }
  }

  /** Notes that a host differs from what the store has. */
  void markChanged(Host host) {
    changed.add(host.correlationKey());
  }

  /**
   * Saves all hosts that have changed.
   *
   * @param lastArrival the highest number that a record had
   */
  void saveChanged(OpenHosts open, long lastArrival) {
    for (String key : changed) {
      List<HostState> states = open.sharing(key).stream().map(Host::state).toList();
      save.accept(key, states.isEmpty() ? null : bytes(new Snapshot(lastArrival, states)));
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
