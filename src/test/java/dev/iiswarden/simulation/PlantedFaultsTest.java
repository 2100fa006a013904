package dev.iiswarden.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation sees a fault of the system within the seeds that every build runs. */
class PlantedFaultsTest {
  private static final int SEEDS = 300;

  static Stream<Arguments> plants() {
    return Stream.of(Simulation.values())
        .flatMap(
            simulation ->
                Stream.of(Plant.values())
                    .filter(plant -> plant != Plant.NOTHING)
                    .map(plant -> Arguments.of(simulation, plant)));
  }

  @ParameterizedTest
  @MethodSource("plants")
  void aPlantedFaultIsSeen(Simulation simulation, Plant plant) {
    long seeds = seedsUntilSeen(simulation, plant);
    System.out.println(simulation + " sees " + plant + " after " + seeds + " seeds");
    assertTrue(seeds <= SEEDS, () -> simulation + " does not see " + plant);
  }

  private static long seedsUntilSeen(Simulation simulation, Plant plant) {
    return 1
        + LongStream.range(0, SEEDS).takeWhile(seed -> isRight(simulation, seed, plant)).count();
  }

  private static boolean isRight(Simulation simulation, long seed, Plant plant) {
    try {
      return simulation.run(simulation.faults(seed), plant).isRight();
    } catch (UncheckedIOException e) {
      // The task has found that a part of a host is missing from its store.
      return false;
    }
  }
}
