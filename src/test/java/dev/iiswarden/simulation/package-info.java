/**
 * A simulation of everything around the detector: clocks, hosts, disks, sinks, processes and
 * Kafka's partitions. One seed decides what happens, on one thread and by a simulated clock, so a
 * run that went wrong can be repeated as often as needed. The alerts of a run are compared with
 * those of a detector to which nothing happens.
 *
 * <p>{@code SimulationTest} runs it for many seeds; {@code PlantedFaultsTest} checks that it sees
 * faults.
 */
@NullMarked
package dev.iiswarden.simulation;

import org.jspecify.annotations.NullMarked;
