package dev.iiswarden;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.load;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.rules.Rules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While a detector is being closed, an event is either refused or judged. */
class DetectorClosingTest {
  private static final Rules RULES = Rules.baseQuery();

  private static DetectorBuilder builder() {
    return Detector.builder()
        .rules(RULES)
        .lateness(Duration.ofSeconds(35))
        .mostAlertsPerHour(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  @RepeatedTest(10)
  void everyEventThatWasTakenHasItsAlertWhenCloseReturns() throws InterruptedException {
    AtomicLong taken = new AtomicLong();
    AtomicLong raised = new AtomicLong();
    AtomicBoolean closed = new AtomicBoolean();
    AtomicBoolean tooLate = new AtomicBoolean();
    Detector detector =
        builder()
            .sink(
                alert -> {
                  raised.incrementAndGet();
                  tooLate.compareAndSet(false, closed.get());
                })
            .build();
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      String host = "H" + thread + "-";
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; ; i++) {
                  try {
                    detector.accept(load("l", host + i, START));
                  } catch (IllegalStateException e) {
                    return;
                  }
                  taken.incrementAndGet();
                }
              }));
    }
    threads.forEach(Thread::start);
    while (taken.get() < 2_000) {
      Thread.onSpinWait();
    }
    detector.close();
    closed.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(taken.get(), raised.get());
    assertEquals(taken.get(), detector.counters().events());
    assertTrue(!tooLate.get(), "an alert came after close had returned");
  }

  @RepeatedTest(5)
  void aSnapshotThatIsTakenMeanwhileIsWholeOrRefused() throws Exception {
    Detector detector = builder().build();
    for (int i = 0; i < 500; i++) {
      detector.accept(load("l", "H" + i, START));
    }
    Thread closing = new Thread(detector::close);
    closing.start();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean refused = false;
    try {
      detector.snapshot(out);
    } catch (IllegalStateException e) {
      refused = true;
    }
    closing.join();
    try (Detector other = builder().build()) {
      if (refused) {
        assertThrows(
            IOException.class, () -> other.restore(new ByteArrayInputStream(out.toByteArray())));
      } else {
        other.restore(new ByteArrayInputStream(out.toByteArray()));
      }
    }
  }

  @Test
  @Timeout(60)
  void aSinkMayCloseTheDetector() throws InterruptedException {
    AtomicReference<Runnable> close = new AtomicReference<>(() -> {});
    AtomicLong raised = new AtomicLong();
    Detector detector =
        builder()
            .lateness(Duration.ZERO)
            .sink(
                alert -> {
                  raised.incrementAndGet();
                  Objects.requireNonNull(close.get()).run();
                })
            .build();
    close.set(detector::close);
    Thread one = new Thread(() -> feed(detector, "A"));
    Thread other = new Thread(() -> feed(detector, "B"));
    one.start();
    other.start();
    one.join();
    other.join();
    assertTrue(raised.get() >= 1);
  }

  private static void feed(Detector detector, String host) {
    for (int i = 0; ; i++) {
      try {
        detector.accept(load("l", host + i, START));
      } catch (IllegalStateException e) {
        return;
      }
    }
  }
}
