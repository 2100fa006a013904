package dev.iiswarden.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happens around the detector, it raises the alerts that it raises when nothing happens.
 *
 * <p>{@code simulation.seeds} says how many seeds to run, {@code simulation.from} the first. {@code
 * simulation.seed} runs one alone, and {@code simulation.faults} only some of its faults.
 */
class SimulationTest {
  private static final int MOST_REPORTED = 5;

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 4, unit = TimeUnit.HOURS)
  void noAlertIsLostOrMadeUp(Simulation simulation) {
    List<String> failures = new ArrayList<>();
    long explained = 0;
    for (long seed : seeds()) {
      Verdict verdict = simulation.run(faults(simulation, seed), Plant.NOTHING);
      explained += verdict.explained();
      if (!verdict.isRight()) {
        failures.add(describe(simulation, seed, verdict));
      }
      if (failures.size() == MOST_REPORTED) {
        break;
      }
    }
    System.out.println(simulation + ": " + explained + " differences that the design accounts for");
    if (!failures.isEmpty()) {
      fail(String.join("\n", failures));
    }
  }

  @Test
  void theSameSeedIsTheSameRun() {
    for (Simulation simulation : Simulation.values()) {
      for (long seed = 0; seed < 5; seed++) {
        assertEquals(
            simulation.run(simulation.faults(seed), Plant.NOTHING).trace(),
            simulation.run(simulation.faults(seed), Plant.NOTHING).trace());
      }
    }
  }

  private static long[] seeds() {
    Long one = Long.getLong("simulation.seed");
    if (one != null) {
      return new long[] {one};
    }
    long first = Long.getLong("simulation.from", 0);
    return LongStream.range(first, first + Long.getLong("simulation.seeds", 60)).toArray();
  }

  private static Faults faults(Simulation simulation, long seed) {
    String names = System.getProperty("simulation.faults");
    return names == null ? simulation.faults(seed) : Faults.parse(seed, names);
  }

  private static String describe(Simulation simulation, long seed, Verdict verdict) {
    Faults fewest = simulation.reduced(faults(simulation, seed));
    boolean alone = Long.getLong("simulation.seed") != null;
    return simulation
        + " with seed "
        + seed
        + ": "
        + verdict.problems().get(0)
        + " and "
        + (verdict.problems().size() - 1)
        + " more. To see it again:\n  "
        + simulation.command(fewest)
        + (alone ? "\n    " + String.join("\n    ", verdict.trace()) : "");
  }
}
