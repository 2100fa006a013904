package dev.iiswarden.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The Drools sessions that a stripe has no host for at the moment. A session without facts is like
 * a new one, but opening a new one costs as much as judging a record. Not safe for use by several
 * threads.
 */
final class SpareSessions implements AutoCloseable {
  /** More are hardly ever free at once: most hosts give back their session within one call. */
  private static final int MOST = 4;

  private final Deque<LiveSession> spares = new ArrayDeque<>(MOST);

  /** Returns a session without facts, to be {@linkplain LiveSession#open opened} for a host. */
  LiveSession take(RuleBase rules, HostContext context) {
    LiveSession spare = spares.peek();
    return spare != null && spare.isOf(rules) ? spares.remove() : new LiveSession(rules, context);
  }

  /** Takes a session that its host needs no longer. */
  void giveBack(LiveSession session) {
    if (!spares.isEmpty() && !spares.peek().hasRulesOf(session)) {
      close();
    }
    if (spares.size() < MOST && session.clear()) {
      spares.push(session);
    } else {
      session.close();
    }
  }

  /** Closes all. */
  @Override
  public void close() {
    spares.forEach(LiveSession::close);
    spares.clear();
  }
}
