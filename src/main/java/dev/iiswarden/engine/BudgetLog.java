package dev.iiswarden.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how often rules exceed their budget, and logs it each time that a rule's count is a power
 * of ten. It is called while a stripe's lock is held, so it must be quick. Safe for use by several
 * threads.
 */
final class BudgetLog {
  private static final Logger LOG = LoggerFactory.getLogger(BudgetLog.class);

  private final LongAdder count = new LongAdder();
  private final Map<String, Long> byRule = new ConcurrentHashMap<>();

  /**
   * Counts one record.
   *
   * @return whether this time is to be reported
   */
  boolean add(String host, OverBudgetException exceeded) {
    count.increment();
    long times = byRule.merge(exceeded.rule(), 1L, Long::sum);
    if (!isPowerOfTen(times)) {
      return false;
    }
    LOG.warn(
        "rule \"{}\" exceeds its budget: {}, for one record of host {}; it has no say on that"
            + " record, and this is time {}",
        exceeded.rule(),
        exceeded.getMessage(),
        FloodLog.printable(host),
        times);
    return true;
  }

  private static boolean isPowerOfTen(long number) {
    long rest = number;
    while (rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1;
  }

  long count() {
    return count.sum();
  }
}
