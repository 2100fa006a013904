package dev.iiswarden.engine;

import dev.iiswarden.event.HostFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The hosts with something open. They are found by any name of the same machine; machines that only
 * share a short name are different hosts. Not safe for use by several threads.
 *
 * <p>A limited number of hosts have a Drools session, because a session takes several times as much
 * memory as the facts in it and is opened from them in microseconds. The host whose last relevant
 * event is the oldest gives up its session for another.
 *
 * <p>After anything that may have opened, emptied or closed a host, call {@link #settle}: it is the
 * one place that keeps the look-up, the order of use and the live hosts in step.
 */
final class OpenHosts {
  private final int mostLive;

  /** Hosts by correlation key; nearly always one a key. */
  private final Map<String, List<Host>> byKey = new HashMap<>();

  /** All open hosts; the one whose last relevant event is the oldest comes first. */
  private final Set<Host> byLastUse = new LinkedHashSet<>();

  /** Those of them that have a session, in the same order. */
  private final Set<Host> live = new LinkedHashSet<>();

  /**
   * No host yet.
   *
   * @param mostLive how many hosts may have a session
   */
  OpenHosts(int mostLive) {
    this.mostLive = mostLive;
  }

  boolean isEmpty() {
    return byLastUse.isEmpty();
  }

  int count() {
    return byLastUse.size();
  }

  /** The host of that name; null if it has nothing open, or the name is missing. */
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

  /** The host whose last relevant event is the oldest. */
  Host longestUnused() {
    return byLastUse.iterator().next();
  }

  void add(Host host) {
    byKey.computeIfAbsent(host.correlationKey(), unused -> new ArrayList<>(1)).add(host);
    byLastUse.add(host);
  }

  void remove(Host host) {
    byLastUse.remove(host);
    live.remove(host);
    removeKey(host);
  }

  private void removeKey(Host host) {
    List<Host> hosts = byKey.get(host.correlationKey());
    if (hosts != null && hosts.remove(host) && hosts.isEmpty()) {
      byKey.remove(host.correlationKey());
    }
  }

  /**
   * Takes note of what has become of a host: it may be empty, or have gained or lost its session.
   *
   * @param used whether this was because of a relevant event, after which the host is the last to
   *     be let go of
   */
  void settle(Host host, boolean used) {
    if (host.isEmpty()) {
      remove(host);
      return;
    }
    if (used) {
      byLastUse.remove(host);
      byLastUse.add(host);
    }
    settleSession(host, used);
  }

  private void settleSession(Host host, boolean used) {
    boolean wasLive = live.contains(host);
    if (host.isLive() == wasLive && !(wasLive && used)) {
      return;
    }
    live.remove(host);
    if (host.isLive()) {
      live.add(host);
      if (live.size() > mostLive) {
        Iterator<Host> longestUnused = live.iterator();
        longestUnused.next().rest();
        longestUnused.remove();
      }
    }
  }

  void forEach(Consumer<Host> action) {
    byLastUse.forEach(action);
  }

  /** Does something to all hosts, and lets go of those that are empty afterwards. */
  <R> List<R> sweep(Function<Host, List<R>> action) {
    List<R> results = new ArrayList<>();
    for (Iterator<Host> hosts = byLastUse.iterator(); hosts.hasNext(); ) {
      Host host = hosts.next();
      results.addAll(action.apply(host));
      if (host.isEmpty()) {
        hosts.remove();
        live.remove(host);
        removeKey(host);
      } else {
        settleSession(host, false);
      }
    }
    return results;
  }

  /** Takes every host's session away, and keeps its facts. */
  void rest() {
    live.forEach(Host::rest);
    live.clear();
  }

  void clear() {
    byKey.clear();
    byLastUse.clear();
    live.clear();
  }
}
