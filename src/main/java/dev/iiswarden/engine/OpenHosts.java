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
 * The hosts with open state. A host is found by any name of the same machine. Machines that share
 * only a short name are different hosts. Not safe for use by several threads.
 *
 * <p>Only a limited number of hosts have a Drools session, because a session takes several times
 * the memory of its facts and can be reopened from them in microseconds. When the limit is
 * exceeded, the host that has gone longest without a relevant event gives up its session.
 *
 * <p>Call {@link #settle} after anything that may have opened, emptied or closed a host. Only that
 * method keeps the look-up, the order of use and the live hosts consistent.
 */
final class OpenHosts {
  private final int mostLive;

  /** Hosts by correlation key; a key nearly always has one host. */
  private final Map<String, Namesakes> byKey = new HashMap<>();

  /** All open hosts, ordered by their last relevant event, oldest first. */
  private final Set<Host> byLastUse = new LinkedHashSet<>();

  /** The open hosts that have a session, in the same order. */
  private final Set<Host> live = new LinkedHashSet<>();

  /**
   * Creates an empty collection.
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

  /** Returns the host with that name; null if it has no open state or the name is missing. */
  @Nullable Host find(HostFields name) {
    Namesakes hosts = byKey.get(name.getCorrelationKey());
    return hosts == null ? null : hosts.find(name);
  }

  /** Returns all hosts that share a key; do not change the list. */
  List<Host> sharing(@Nullable String correlationKey) {
    Namesakes hosts = byKey.get(correlationKey);
    return hosts == null ? List.of() : hosts.all();
  }

  /**
   * Returns the host that has gone longest without a relevant event of those that share its key.
   */
  Host longestUnusedNamesakeOf(Host host) {
    Namesakes hosts = byKey.get(host.correlationKey());
    return hosts == null ? host : hosts.longestUnused();
  }

  /** Returns the host that has gone longest without a relevant event. */
  Host longestUnused() {
    return byLastUse.iterator().next();
  }

  void add(Host host) {
    byKey.computeIfAbsent(host.correlationKey(), unused -> new Namesakes()).add(host);
    byLastUse.add(host);
  }

  void remove(Host host) {
    byLastUse.remove(host);
    live.remove(host);
    removeKey(host);
  }

  private void removeKey(Host host) {
    Namesakes hosts = byKey.get(host.correlationKey());
    if (hosts != null) {
      hosts.remove(host);
      if (hosts.all().isEmpty()) {
        byKey.remove(host.correlationKey());
      }
    }
  }

  /**
   * Updates the collection after a host has changed: it may be empty, or have gained or lost its
   * session.
   *
   * @param used whether the cause was a relevant event, which makes the host the last one to be
   *     dropped
   */
  void settle(Host host, boolean used) {
    if (host.isEmpty()) {
      remove(host);
      return;
    }
    if (used) {
      byLastUse.remove(host);
      byLastUse.add(host);
      Namesakes hosts = byKey.get(host.correlationKey());
      if (hosts != null) {
        hosts.renamed(host);
      }
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

  /** Applies an action to all hosts and drops those that are empty afterwards. */
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

  /** Closes all sessions and keeps the facts. */
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
