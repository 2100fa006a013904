package dev.iiswarden.engine;

import dev.iiswarden.event.HostFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The hosts with something open, found by any name of the same machine. Machines that only share
 * their short name are hosts of their own. Not safe for use by several threads.
 */
final class OpenHosts {
  /** Hosts by what all names of one machine have in common; nearly always one. */
  private final Map<String, List<Host>> byKey = new HashMap<>();

  private int count;

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /** The host of that name, or null if it has nothing open; a host without a name has none. */
  @Nullable Host find(HostFields name) {
    List<Host> hosts = byKey.get(name.getCorrelationKey());
    if (hosts == null) {
      return null;
    }
    Host found = null;
    for (int i = 0; i < hosts.size(); i++) {
      Host host = hosts.get(i);
      if (host.isNamed(name)) {
        return host;
      }
      if (found == null && host.isSameMachineAs(name)) {
        found = host;
      }
    }
    return found;
  }

  /** All hosts that share a key; not to be changed. */
  List<Host> sharing(@Nullable String correlationKey) {
    return byKey.getOrDefault(correlationKey, List.of());
  }

  void add(Host host) {
    byKey.computeIfAbsent(host.correlationKey(), unused -> new ArrayList<>(1)).add(host);
    count++;
  }

  void remove(Host host) {
    List<Host> hosts = byKey.get(host.correlationKey());
    if (hosts != null && hosts.remove(host)) {
      count--;
      if (hosts.isEmpty()) {
        byKey.remove(host.correlationKey());
      }
    }
  }

  void forEach(Consumer<Host> action) {
    byKey.values().forEach(hosts -> hosts.forEach(action));
  }

  /** Does something to all hosts, and lets go of those that hold nothing afterwards. */
  <R> List<R> sweep(Function<Host, List<R>> action) {
    List<R> results = new ArrayList<>();
    for (Iterator<List<Host>> keys = byKey.values().iterator(); keys.hasNext(); ) {
      List<Host> hosts = keys.next();
      for (Iterator<Host> each = hosts.iterator(); each.hasNext(); ) {
        Host host = each.next();
        results.addAll(action.apply(host));
        if (host.isEmpty()) {
          each.remove();
          count--;
        }
      }
      if (hosts.isEmpty()) {
        keys.remove();
      }
    }
    return results;
  }

  void clear() {
    byKey.clear();
    count = 0;
  }
}
