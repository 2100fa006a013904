package dev.iiswarden.simulation;

/** A fault of the system itself, to check that the simulation sees it. */
enum Plant {
  /** Nothing is planted. */
  NOTHING,
  /** The detector has no lateness, but events are out of order. */
  NO_LATENESS,
  /** A write is reported as done and does not happen. */
  LOST_WRITE,
  /** An event counts on two machines. */
  HOST_DOUBLED,
  /** A record arrives again without its record id. */
  DUPLICATE_WITHOUT_ID
}
