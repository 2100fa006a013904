package dev.iiswarden.simulation;

import java.util.EnumSet;
import java.util.Set;

/** What is simulated. */
enum Simulation {
  /** A detector with a state directory and a sink. */
  DETECTOR {
    @Override
    Verdict run(Faults faults, Plant plant) {
      return new DetectorSimulation(faults, plant).run();
    }

    @Override
    Set<Fault> knownToFail() {
      return EnumSet.noneOf(Fault.class);
    }
  },
  /** The topology of Kafka Streams. */
  KAFKA {
    @Override
    Verdict run(Faults faults, Plant plant) {
      return new KafkaSimulation(faults, plant).run();
    }

    @Override
    Set<Fault> knownToFail() {
      return EnumSet.of(Fault.AT_LEAST_ONCE);
    }
  };

  /** Runs it once. */
  abstract Verdict run(Faults faults, Plant plant);

  /**
   * Faults under which alerts are known to be lost, repeated or made up today. They take no part in
   * ordinary runs; {@code simulation.faults} can name them.
   */
  abstract Set<Fault> knownToFail();

  /** The faults that a seed selects. */
  Faults faults(long seed) {
    return Faults.of(seed, knownToFail());
  }

  /** Leaves out all faults without which a run goes wrong as well. */
  Faults reduced(Faults failing) {
    Faults fewest = failing;
    for (Fault fault : Fault.values()) {
      Faults fewer = fewest.without(fault);
      if (failing.has(fault) && !run(fewer, Plant.NOTHING).isRight()) {
        fewest = fewer;
      }
    }
    return fewest;
  }

  /** The command that runs it with these faults alone. */
  String command(Faults faults) {
    return "mvn -B -ntp test -Dtest=SimulationTest -Dsimulation.seed="
        + faults.seed()
        + " -Dsimulation.faults="
        + faults;
  }
}
