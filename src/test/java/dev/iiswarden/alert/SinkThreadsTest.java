package dev.iiswarden.alert;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.IisEvents.ordinary;
import static dev.iiswarden.testing.RaisedAlerts.eventId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.rules.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests when, on which thread and in which order sinks are called. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SinkThreadsTest {
  private static final int THREADS = 4;
  private static final int ALERTS_PER_THREAD = 500;
  private static final Rules RULES = Rules.baseQuery();

  private final DetectorBuilder builder = Detector.builder().rules(RULES).lateness(Duration.ZERO);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void sinksAreCalledInTheOrderInWhichTheyWereAdded() {
    List<String> calls = new ArrayList<>();
    builder.sink(alert -> calls.add("first " + eventId(alert)));
    builder.sink(alert -> calls.add("second " + eventId(alert)));
    try (Detector detector = builder.build()) {
      detector.accept(load("a", "WEB", START));
      detector.accept(load("b", "WEB", START));
    }
    assertEquals(List.of("first a", "second a", "first b", "second b"), calls);
  }

  @Test
  void aSinkAddedTwiceGetsEachAlertTwice() {
    List<String> calls = new ArrayList<>();
    AlertSink sink = alert -> calls.add(eventId(alert));
    try (Detector detector = builder.sink(sink).sink(sink).build()) {
      detector.accept(load("a", "WEB", START));
    }
    assertEquals(List.of("a", "a"), calls);
  }

  @Test
  void aSinkIsCalledOnTheThreadThatBroughtTheEvent() throws Exception {
    Set<Thread> callers = ConcurrentHashMap.newKeySet();
    try (Detector detector = builder.sink(alert -> callers.add(Thread.currentThread())).build()) {
      Thread caller =
          threads
              .submit(
                  () -> {
                    detector.accept(load("a", "WEB", START));
                    return Thread.currentThread();
                  })
              .get();
      assertEquals(Set.of(caller), callers);
    }
  }

  @Test
  void aSinkMayLookAtTheCounters() {
    List<Long> alerts = new ArrayList<>();
    List<Detector> detectors = new ArrayList<>();
    builder.sink(alert -> alerts.add(detectors.get(0).counters().alerts()));
    try (Detector detector = builder.build()) {
      detectors.add(detector);
      detector.accept(load("a", "WEB", START));
    }
    assertEquals(List.of(1L), alerts);
  }

  @Test
  void aSlowSinkHoldsUpNoDetectionOnTheSameHost() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    builder.sink(
        alert -> {
          called.countDown();
          await(goOn);
        });
    try (Detector detector = builder.build()) {
      Future<?> slow = threads.submit(() -> detector.accept(load("a", "WEB", START)));
      await(called);
      detector.accept(ordinary("WEB", START.plusSeconds(1)));
      assertEquals(2, detector.counters().events());
      goOn.countDown();
      slow.get();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(1, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneSinkIsNeverCalledByTwoThreadsAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<String> unguarded = new ArrayList<>();
    builder.sink(
        alert -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          unguarded.add(eventId(alert));
          LockSupport.parkNanos(1);
          inside.decrementAndGet();
        });
    try (Detector detector = builder.build()) {
      List<Future<?>> parts = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        String host = "WEB" + thread;
        parts.add(threads.submit(() -> raiseMany(detector, host)));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    }
    assertEquals(1, most.get());
    assertEquals(THREADS * ALERTS_PER_THREAD, Set.copyOf(unguarded).size());
  }

  private static void raiseMany(Detector detector, String host) {
    for (int i = 0; i < ALERTS_PER_THREAD; i++) {
      detector.accept(load(host + "-" + i, host, START.plusSeconds(i)));
    }
  }
}
