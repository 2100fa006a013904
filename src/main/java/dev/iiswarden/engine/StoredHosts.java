package dev.iiswarden.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hosts kept outside memory, by their {@linkplain
 * dev.iiswarden.event.HostFields#getCorrelationKey() correlation key}. A host is saved after
 * anything but its clock has changed. Records that were seen are not stored: after a crash a store
 * may be ahead of its feed, and then a record that is fed again must be evaluated again. Exceptions
 * of the store reach the caller of the detector. Not safe for use by several threads.
 */
final class StoredHosts {
  private final PartStore store;

  /** What is stored of the hosts in memory. */
  private final IdentityHashMap<Host, HostParts> stored = new IdentityHashMap<>();

  /** The hosts that differ from the stored version. */
  private final Set<Host> changed = new LinkedHashSet<>();

  StoredHosts(PartStore store) {
    this.store = store;
  }

  /**
   * Loads all hosts that were saved under a key.
   *
   * @param restore restores a host
   */
  void load(String correlationKey, Consumer<HostParts.Loaded> restore) {
    Map<String, Map<String, byte[]>> byHost = new TreeMap<>();
    store
        .load(correlationKey)
        .forEach(
            (part, content) ->
                byHost
                    .computeIfAbsent(HostParts.hostOf(part), unused -> new TreeMap<>())
                    .put(part, content));
    byHost.forEach(
        (id, parts) -> {
          try {
            restore.accept(HostParts.read(id, parts));
          } catch (IOException e) {
            throw new UncheckedIOException(
                "cannot read the stored state of host " + correlationKey + ": " + e.getMessage(),
                e);
          }
        });
  }

  /** Notes what is stored of a host that was loaded. */
  void loaded(Host host, HostParts parts) {
    stored.put(host, parts);
  }

  /** Forgets a host that leaves memory and stays in the store. */
  void unloaded(Host host) {
    stored.remove(host);
  }

  /** Deletes a host from the store. */
  void delete(Host host) {
    changed.remove(host);
    HostParts parts = stored.remove(host);
    if (parts != null) {
      store.save(host.correlationKey(), parts.deletion());
    }
  }

  /** Marks a host as different from its stored version. */
  void markChanged(Host host) {
    changed.add(host);
  }

  /**
   * Saves all hosts that have changed.
   *
   * @param lastArrival the highest number of any record so far
   */
  void saveChanged(OpenHosts open, long lastArrival) {
    for (Host host : changed) {
      Map<Long, @Nullable WaitingRecord> waiting = host.takeWaitingChanges();
      if (!host.isEmpty()) {
        HostParts parts =
            stored.computeIfAbsent(host, unused -> new HostParts(host.firstArrival()));
        store.save(host.correlationKey(), parts.changes(host.state(), waiting, lastArrival));
        continue;
      }
      HostParts parts = stored.remove(host);
      if (open.sharing(host.correlationKey()).isEmpty()) {
        store.delete(host.correlationKey());
      } else if (parts != null) {
        store.save(host.correlationKey(), parts.deletion());
      }
    }
    changed.clear();
  }
}
