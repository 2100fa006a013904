package dev.iiswarden.engine;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The hosts that have a Drools session, so many and no more: the one whose last relevant event was
 * longest ago gives up its session for another. A session takes several times as much memory as the
 * facts in it, and is opened from them in microseconds. Not safe for use by several threads.
 */
final class LiveHosts {
  private final int most;
  private final Set<Host> hosts = new LinkedHashSet<>();

  LiveHosts(int most) {
    this.most = most;
  }

  /** Notes that something was judged on a host, which may have given it a session or ended it. */
  void used(Host host) {
    hosts.remove(host);
    if (!host.isLive()) {
      return;
    }
    hosts.add(host);
    if (hosts.size() > most) {
      Iterator<Host> longestUnused = hosts.iterator();
      longestUnused.next().rest();
      longestUnused.remove();
    }
  }

  void clear() {
    hosts.clear();
  }
}
