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

  /** The look-up by full name; null while there are few. */
  private @Nullable ByFullName byFullName;

  List<Host> all() {
    return hosts;
  }

  void add(Host host) {
    hosts.add(host);
    if (byFullName != null) {
      byFullName.add(host);
    } else if (hosts.size() > FEW) {
      ByFullName index = new ByFullName();
      hosts.forEach(index::add);
      byFullName = index;
    }
  }

  void remove(Host host) {
    hosts.remove(host);
    if (byFullName != null) {
      byFullName.remove(host);
    }
  }

  /** Updates the look-up after an event may have given a host a more telling name. */
  void renamed(Host host) {
    if (byFullName != null) {
      byFullName.renamed(host);
    }
  }

  private static String fullName(HostFields host) {
    String name = String.valueOf(host.getName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** Returns the host of that name, or else the first one of the same machine; null if none. */
  @Nullable Host find(HostFields name) {
    ByFullName index = byFullName;
    if (index == null) {
      return first(hosts, name);
    }
    String full = fullName(name);
    String key = String.valueOf(name.getCorrelationKey());
    if (full.equals(key)) {
      // A name without a domain means any of them.
      Host exact = first(index.of(full), name);
      return exact != null && exact.isNamed(name) ? exact : first(hosts, name);
    }
    Host found = first(index.of(full), name);
    return found != null ? found : first(index.of(key), name);
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

  /** The hosts by full name in lower case. */
  private static final class ByFullName {
    private final Map<String, List<Host>> hosts = new HashMap<>();

    /** The names under which they are in the look-up. */
    private final IdentityHashMap<Host, String> names = new IdentityHashMap<>();

    List<Host> of(String fullName) {
      return hosts.getOrDefault(fullName, List.of());
    }

    void add(Host host) {
      String name = fullName(host.name());
      hosts.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(host);
      names.put(host, name);
    }

    void remove(Host host) {
      String name = names.remove(host);
      if (name != null) {
        hosts.computeIfPresent(
            name,
            (unused, same) -> {
              same.remove(host);
              return same.isEmpty() ? null : same;
            });
      }
    }

    void renamed(Host host) {
      if (!fullName(host.name()).equals(names.get(host))) {
        remove(host);
        add(host);
      }
    }
  }
}
