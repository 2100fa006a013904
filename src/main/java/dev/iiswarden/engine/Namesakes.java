package dev.iiswarden.engine;

import dev.iiswarden.event.HostFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open hosts that share a short name: nearly always one, but some networks have a {@code dc01}
 * in every domain, and an intruder can invent domains. Beyond a few, hosts are looked up by their
 * full names. Not safe for use by several threads.
 */
final class Namesakes {
  /** Up to this number, going through all is faster than any look-up. */
  private static final int FEW = 8;

  private final List<Host> hosts = new ArrayList<>(1);

  /** The hosts by full name in lower case; null while there are few. */
  private @Nullable Map<String, List<Host>> byFullName;

  /** The names under which hosts are in {@link #byFullName}. */
  private final IdentityHashMap<Host, String> indexed = new IdentityHashMap<>(0);

  List<Host> all() {
    return hosts;
  }

  void add(Host host) {
    hosts.add(host);
    if (byFullName != null) {
      index(host);
    } else if (hosts.size() > FEW) {
      byFullName = new HashMap<>();
      hosts.forEach(this::index);
    }
  }

  void remove(Host host) {
    hosts.remove(host);
    unindex(host);
  }

  /** Updates the look-up after an event may have given a host a more telling name. */
  void renamed(Host host) {
    if (byFullName != null && !fullName(host.name()).equals(indexed.get(host))) {
      unindex(host);
      index(host);
    }
  }

  private void index(Host host) {
    Map<String, List<Host>> index = byFullName;
    if (index != null) {
      String name = fullName(host.name());
      index.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(host);
      indexed.put(host, name);
    }
  }

  private void unindex(Host host) {
    String name = indexed.remove(host);
    if (byFullName != null && name != null) {
      byFullName.computeIfPresent(
          name,
          (unused, same) -> {
            same.remove(host);
            return same.isEmpty() ? null : same;
          });
    }
  }

  private static String fullName(HostFields host) {
    String name = String.valueOf(host.getName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** Returns the host of that name, or else the first one of the same machine; null if none. */
  @Nullable Host find(HostFields name) {
    Map<String, List<Host>> index = byFullName;
    if (index == null) {
      return first(hosts, name);
    }
    String full = fullName(name);
    String key = String.valueOf(name.getCorrelationKey());
    if (full.equals(key)) {
      // A name without a domain means any of them.
      Host exact = first(index.getOrDefault(full, List.of()), name);
      return exact != null && exact.isNamed(name) ? exact : first(hosts, name);
    }
    Host found = first(index.getOrDefault(full, List.of()), name);
    return found != null ? found : first(index.getOrDefault(key, List.of()), name);
  }

  private static @Nullable Host first(List<Host> some, HostFields name) {
    Host found = null;
    for (int i = 0; i < some.size(); i++) {
      Host host = some.get(i);
      if (host.isNamed(name)) {
        return host;
      }
      if (found == null && host.isSameMachineAs(name)) {
        found = host;
      }
    }
    return found;
  }

  /** Returns the host whose last relevant record is the oldest. */
  Host longestUnused() {
    return hosts.stream().min(Comparator.comparingLong(Host::lastUse)).orElseThrow();
  }
}
