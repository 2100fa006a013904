package dev.iiswarden.simulation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The faults of one run. Each has random numbers of its own, so that what the others do stays the
 * same when one is switched off.
 */
final class Faults {
  private final long seed;
  private final Set<Fault> active;

  private Faults(long seed, Set<Fault> active) {
    this.seed = seed;
    this.active = active;
  }

  /**
   * The faults that a seed selects: each in every second run.
   *
   * @param without faults that take no part
   */
  static Faults of(long seed, Set<Fault> without) {
    Set<Fault> active = EnumSet.noneOf(Fault.class);
    for (Fault fault : Fault.values()) {
      if (!without.contains(fault) && random(seed, "select " + fault).nextBoolean()) {
        active.add(fault);
      }
    }
    return new Faults(seed, active);
  }

  /** These faults and no others. */
  static Faults only(long seed, Set<Fault> faults) {
    return new Faults(
        seed, faults.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(faults));
  }

  /**
   * Reads names separated by commas.
   *
   * @throws IllegalArgumentException if one is no fault
   */
  static Faults parse(long seed, String names) {
    return only(
        seed,
        Arrays.stream(names.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .map(name -> Fault.valueOf(name.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet()));
  }

  Faults without(Fault fault) {
    Set<Fault> fewer = EnumSet.copyOf(active);
    fewer.remove(fault);
    return new Faults(seed, fewer);
  }

  Faults with(Fault fault) {
    Set<Fault> more = EnumSet.copyOf(active);
    more.add(fault);
    return new Faults(seed, more);
  }

  boolean has(Fault fault) {
    return active.contains(fault);
  }

  Set<Fault> active() {
    return active;
  }

  long seed() {
    return seed;
  }

  /** The random numbers of a fault. */
  SplittableRandom random(Fault fault) {
    return random(seed, fault.name());
  }

  /** Random numbers for what happens in any case. */
  SplittableRandom random(String purpose) {
    return random(seed, purpose);
  }

  private static SplittableRandom random(long seed, String purpose) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + purpose.hashCode());
  }

  /** The names, separated by commas. */
  @Override
  public String toString() {
    return active.stream().map(Fault::name).collect(Collectors.joining(","));
  }
}
