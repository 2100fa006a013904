package dev.iiswarden.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does. */
public final class Await {
  /** Far beyond what anything takes: whoever waits longer waits in vain. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Await() {}

  /** Waits until something is so; fails when it does not become so. */
  public static void until(BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - start < LONGEST.toNanos(), "it did not become so");
      Thread.sleep(20);
    }
  }
}
