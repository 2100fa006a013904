package dev.iiswarden.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the exceptions of rules and logs each different one once. It is called while a stripe's
 * lock is held, so it must be quick. Safe for use by several threads.
 */
final class RuleFailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(RuleFailureLog.class);

  /** A rule may throw a different exception each time. */
  private static final int MOST_LOGGED = 100;

  private final LongAdder count = new LongAdder();
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  void add(RuntimeException failure) {
    count.increment();
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (logged.size() < MOST_LOGGED && logged.add(failure.getMessage() + cause)) {
      LOG.error("a rule threw an exception; its result for this event is lost", failure);
    }
  }

  long count() {
    return count.sum();
  }
}
