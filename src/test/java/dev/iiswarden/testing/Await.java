package dev.iiswarden.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for other threads. */
public final class Await {
  /** Far longer than any condition takes to become true. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Await() {}

  /** Waits until a condition is true; fails if it does not become true in time. */
  public static void until(BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - start < LONGEST.toNanos(), "it did not become so");
      Thread.sleep(20);
    }
  }
}
