package dev.iiswarden.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * What work costs. Unlike the time that elapses, it does not depend on what else the machine does.
 */
public final class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuTime() {}

  /**
   * Does something on the calling thread.
   *
   * @param most what it may take of a processor's time
   * @param what it is, for the message
   * @throws AssertionError if it takes longer
   */
  public static void assertWithin(Duration most, String what, Runnable work) {
    long start = THREADS.getCurrentThreadCpuTime();
    work.run();
    Duration taken = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
    assertTrue(taken.compareTo(most) <= 0, () -> "takes " + taken + ": " + what);
  }
}
