package dev.iiswarden.engine;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what was dropped because a {@linkplain Ceilings ceiling} was reached, and logs the counts
 * and the affected hosts at most once a minute. It is called while a stripe's lock is held, so it
 * must be quick. Safe for use by several threads.
 */
final class FloodLog {
  private static final Logger LOG = LoggerFactory.getLogger(FloodLog.class);
  private static final long NANOS_BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);

  /** A flood may use ever new host names. */
  private static final int MOST_NAMES = 20;

  private static final int LONGEST_NAME = 64;
  private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private final LongAdder dropped = new LongAdder();
  private final LongAdder judgedEarly = new LongAdder();
  private final Map<String, Long> sinceLastLine = new TreeMap<>();
  private long otherHosts;
  private long lastLine = System.nanoTime() - NANOS_BETWEEN_LINES;

  /** Counts dropped facts of a host: rules no longer wait for what would have followed them. */
  void dropped(String host, long facts) {
    dropped.add(facts);
    note(host, facts);
  }

  /**
   * Counts a record that was evaluated before every record that may precede it can have arrived.
   */
  void judgedEarly(String host) {
    judgedEarly.increment();
    note(host, 1);
  }

  /** Shortens a host name and masks control characters, because an intruder may control it. */
  static String printable(String host) {
    String brief = host.length() > LONGEST_NAME ? host.substring(0, LONGEST_NAME) + "…" : host;
    return NOT_PRINTABLE.matcher(brief).replaceAll("?");
  }

  private synchronized void note(String name, long count) {
    String host = printable(name);
    if (sinceLastLine.containsKey(host) || sinceLastLine.size() < MOST_NAMES) {
      sinceLastLine.merge(host, count, Long::sum);
    } else {
      otherHosts++;
    }
    long now = System.nanoTime();
    if (now - lastLine >= NANOS_BETWEEN_LINES) {
      lastLine = now;
      LOG.warn(
          "a ceiling is reached: facts dropped and records judged early since the last such line,"
              + " by host: {}{}; {} dropped and {} early in total",
          sinceLastLine,
          otherHosts == 0 ? "" : " and " + otherHosts + " more times on other hosts",
          dropped.sum(),
          judgedEarly.sum());
      sinceLastLine.clear();
      otherHosts = 0;
    }
  }

  long droppedCount() {
    return dropped.sum();
  }

  long judgedEarlyCount() {
    return judgedEarly.sum();
  }
}
