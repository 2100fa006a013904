package dev.iiswarden.cli;

import static dev.iiswarden.testing.IisEvents.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstTimesTest {
  private static final int LOGS = 100;
  private static final List<LogSource> SOURCES =
      IntStream.range(0, LOGS).mapToObj(i -> new LogSource(Integer.toString(i), null, 0)).toList();

  @AfterEach
  void noThreadIsLeft() {
    assertEquals(
        List.of(),
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("iiswarden-first-times"))
            .toList());
  }

  private static int number(LogSource source) {
    return Integer.parseInt(source.name());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 200})
  void everyLogHasItsOwnTime(int threads) {
    List<Instant> expected = IntStream.range(0, LOGS).mapToObj(START::plusSeconds).toList();
    assertEquals(
        expected, FirstTimes.of(SOURCES, threads, source -> START.plusSeconds(number(source))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void theEarliestFailureIsThrownWhenAllThreadsHaveEnded(int threads) {
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                FirstTimes.of(
                    SOURCES,
                    threads,
                    source -> {
                      if (number(source) > 10) {
                        linger();
                      }
                      if (number(source) >= 10) {
                        throw new IllegalStateException(source.name());
                      }
                      return START;
                    }));
    assertEquals("10", thrown.getMessage());
  }

  private static void linger() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void afterAFailureNoFurtherLogIsLookedInto() {
    AtomicInteger begun = new AtomicInteger();
    assertThrows(
        IllegalStateException.class,
        () ->
            FirstTimes.of(
                SOURCES,
                1,
                source -> {
                  begun.incrementAndGet();
                  throw new IllegalStateException();
                }));
    assertEquals(1, begun.get());
  }
}
