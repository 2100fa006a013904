package dev.iiswarden.simulation;

import java.util.EnumSet;

/** What is simulated. */
enum Simulation {
  /** A detector with a state directory and a sink. */
  DETECTOR {
    @Override
    Verdict run(Faults faults, Plant plant) {
      return new DetectorSimulation(faults, plant).run();
    }
  },
  /** The topology of Kafka Streams. */
  KAFKA {
    @Override
    Verdict run(Faults faults, Plant plant) {
      return new KafkaSimulation(faults, plant).run();
    }
  };

  /** Runs it once. */
  abstract Verdict run(Faults faults, Plant plant);

  /** Leaves out all faults without which a run goes wrong as well. */
  Faults reduced(Faults failing) {
    Faults fewest = failing;
    for (Fault fault : EnumSet.copyOf(failing.active())) {
      Faults fewer = fewest.without(fault);
      if (!run(fewer, Plant.NOTHING).isRight()) {
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
