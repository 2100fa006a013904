package dev.iiswarden.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakVerdictTest {
  private static List<SoakSample> samples(IntToLongFunction heap, IntToLongFunction classes) {
    return IntStream.range(0, 100)
        .mapToObj(
            i ->
                new SoakSample(
                    i,
                    i,
                    1,
                    heap.applyAsLong(i),
                    Math.toIntExact(classes.applyAsLong(i)),
                    0,
                    1,
                    0,
                    0,
                    0,
                    0))
        .toList();
  }

  private static List<String> faults(List<SoakSample> samples) {
    SoakVerdict verdict = new SoakVerdict();
    verdict.flat(samples);
    return verdict.faults();
  }

  @Test
  void warmingUpAndAPeakAreNoGrowth() {
    assertEquals(
        List.of(),
        faults(samples(i -> i < 10 ? 10 : i == 97 ? 900 : 100, i -> i < 10 ? 10 : 1_000)));
  }

  @Test
  void aSlowLeakOfMemoryIsAFault() {
    assertEquals(
        List.of("heap: grew by 15.5 %, above 15 %"),
        faults(samples(i -> 1_000 + 2 * i, unused -> 1_000)));
  }

  @Test
  void aSlowLeakOfClassesIsAFault() {
    assertEquals(
        List.of("loaded classes: grew by 7.9 %, above 3 %"),
        faults(samples(unused -> 1_000, i -> 1_000 + i - 1)));
  }

  @Test
  void countsThatDifferAreAFault() {
    SoakVerdict verdict = new SoakVerdict();
    verdict.same("alerts taken", 1_000, 1_000);
    verdict.same("alerts taken", 1_000, 999);
    assertEquals(List.of("alerts taken: 999 instead of 1,000"), verdict.faults());
  }
}
