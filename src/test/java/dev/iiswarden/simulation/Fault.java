package dev.iiswarden.simulation;

/** What may go wrong in a run. Each fault can be switched off by itself. */
enum Fault {
  /** An event of a host is dated hours ahead, by less than is believed. */
  CLOCK_HOURS_AHEAD,
  /** An event of a host is dated two years ahead. */
  CLOCK_YEARS_AHEAD,
  /** An event of a host is dated in the year 2099. */
  CLOCK_IN_2099,
  /** An event of a host is dated hours or years back. */
  CLOCK_BACKWARDS,
  /** Two machines share a short name. */
  SHARED_SHORT_NAMES,
  /** A machine reports its name with and without its domain, in any letter case. */
  CHANGING_NAMES,
  /** Events arrive out of order, by less than the lateness. */
  DISORDER,
  /** A record arrives again, with the same record id. */
  DUPLICATES,
  /** Records arrive that are no events: damaged, of unknown shape, without a time. */
  NOISE,
  /** The process is killed; what it wrote stays. */
  CRASH,
  /** The power fails; of what was not forced to disk, any part is lost. */
  POWER_CUT,
  /** The state file is cut short while nobody uses it. */
  TORN_STATE,
  /** A bit of the state file flips while nobody uses it. */
  FLIPPED_BIT,
  /** The disk is full for a while. */
  FULL_DISK,
  /** The process ends in good order and begins again. */
  RESTART,
  /** The sink throws for a while. */
  FAILING_SINK,
  /** The sink hands on what it has taken only when it is flushed, and that may fail. */
  SLOW_SINK,
  /** The same rules are loaded again, compiled or interpreted. */
  RELOAD,
  /** Other rules are in force for a while. */
  OTHER_RULES,
  /** One host is flooded beyond its ceilings. */
  FLOODED_HOST,
  /** A Kafka Streams process dies. */
  PROCESS_CRASH,
  /** A task moves to another process, or begins anew where it is. */
  REBALANCE,
  /** Some partitions are read far ahead of others. */
  UNEVEN_SPEED,
  /** Partitions get no records for a while. */
  IDLE_PARTITIONS,
  /** Records are repeated after a crash, instead of exactly once. */
  AT_LEAST_ONCE,
  /** A record has a timestamp hours ahead. */
  RECORD_TIMESTAMP_AHEAD
}
