package dev.iiswarden.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.StateDirectory;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.CapturedLog;
import dev.iiswarden.testing.IisEvents;
import dev.iiswarden.testing.RaisedAlerts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QueuedSinkTest {
  private static final List<Alert> ALERTS = RaisedAlerts.alerts("a", 50);

  @TempDir Path directory;

  private final InMemorySink taken = new InMemorySink();

  @Test
  void alertsAreHandedOnInOrder() {
    try (QueuedSink queue = new QueuedSink(taken, 3)) {
      ALERTS.forEach(queue::accept);
      queue.flush();
      assertEquals(ALERTS, taken.alerts());
    }
  }

  @Test
  void aSlowSinkDoesNotHoldUpWhoRaisesAlerts() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    AlertSink slow =
        alert -> {
          waitFor(release);
          taken.accept(alert);
        };
    try (QueuedSink queue = new QueuedSink(slow, 100)) {
      ALERTS.forEach(queue::accept);
      assertEquals(List.of(), taken.alerts());
      release.countDown();
    }
    assertEquals(ALERTS, taken.alerts());
  }

  @Test
  void aFullQueueMakesItWait() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger queued = new AtomicInteger();
    AlertSink slow =
        alert -> {
          waitFor(release);
          taken.accept(alert);
        };
    try (QueuedSink queue = new QueuedSink(slow, 5)) {
      Thread raising =
          new Thread(
              () ->
                  ALERTS.forEach(
                      alert -> {
                        queue.accept(alert);
                        queued.incrementAndGet();
                      }));
      raising.start();
      raising.join(300);
      assertTrue(raising.isAlive());
      assertEquals(5, queued.get());
      release.countDown();
      raising.join();
    }
    assertEquals(ALERTS, taken.alerts());
  }

  @Test
  void whatTheSinkRefusesIsOfferedAgainBeforeTheNext() {
    AtomicInteger calls = new AtomicInteger();
    AlertSink moody =
        alert -> {
          if (calls.incrementAndGet() % 3 != 0) {
            throw new IllegalStateException("not now");
          }
          taken.accept(alert);
        };
    try (QueuedSink queue = new QueuedSink(moody, 100)) {
      ALERTS.subList(0, 4).forEach(queue::accept);
      while (taken.alerts().size() < 4) {
        Thread.onSpinWait();
      }
    }
    assertEquals(ALERTS.subList(0, 4), taken.alerts());
  }

  @Test
  void whatIsRefusedToTheEndIsLoggedInFull() {
    AlertSink refusing =
        alert -> {
          throw new IllegalStateException("never");
        };
    try (CapturedLog log = new CapturedLog()) {
      QueuedSink queue = new QueuedSink(refusing, 100);
      ALERTS.subList(0, 3).forEach(queue::accept);
      IllegalStateException failure = assertThrows(IllegalStateException.class, queue::close);
      assertEquals("3 alerts could not be delivered; they are in the log", failure.getMessage());
      assertEquals(3, log.lines("undelivered alert", "w3wp-module-load").size());
      queue.close();
    }
  }

  @Test
  void aClosedQueueTakesNothing() {
    QueuedSink queue = new QueuedSink(taken, 1);
    queue.close();

    assertThrows(IllegalStateException.class, () -> queue.accept(ALERTS.get(0)));
    assertThrows(IllegalArgumentException.class, () -> new QueuedSink(taken, 0));
  }

  @Test
  void theStateIsSavedOnlyWhenNothingIsInTheQueue() throws IOException {
    AlertSink refusing =
        alert -> {
          throw new IllegalStateException("never");
        };
    try (CapturedLog log = new CapturedLog();
        StateDirectory state = StateDirectory.open(directory)) {
      QueuedSink queue = new QueuedSink(refusing, 100);
      try (Detector detector =
          Detector.builder().rules(Rules.baseQuery()).lateness(Duration.ZERO).sink(queue).build()) {
        detector.accept(IisEvents.load("l", "WEB01", IisEvents.START));
        assertThrows(IOException.class, () -> state.save(detector, "1"));
      }
      assertThrows(IllegalStateException.class, queue::close);
      assertFalse(log.lines("undelivered").isEmpty());
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
