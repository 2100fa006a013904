package dev.iiswarden.engine;

/**
 * The counts of an engine, or of one of its stripes; returned by {@link Engine#tally()}. Immutable
 * and safe for use by several threads.
 *
 * @param records all records
 * @param relevant records that were relevant to some rule
 * @param late relevant records that arrived too late to be put in order
 * @param repeated relevant records dropped because the host had already logged the same action
 * @param duplicates relevant records dropped because they had already been read
 * @param openHosts hosts with open state
 * @param openFacts facts that rules hold
 * @param waiting records that wait to be put in order
 * @param judgingNanos time spent on relevant records, in nanoseconds
 */
public record Tally(
    long records,
    long relevant,
    long late,
    long repeated,
    long duplicates,
    long openHosts,
    long openFacts,
    long waiting,
    long judgingNanos) {

  static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0);

  Tally plus(Tally other) {
    return new Tally(
        records + other.records,
        relevant + other.relevant,
        late + other.late,
        repeated + other.repeated,
        duplicates + other.duplicates,
        openHosts + other.openHosts,
        openFacts + other.openFacts,
        waiting + other.waiting,
        judgingNanos + other.judgingNanos);
  }
}
