package dev.iiswarden.engine;

/**
 * What an engine, or a share of it, has seen and holds.
 *
 * @param records all records that came in
 * @param relevant those in which some rule was interested
 * @param late relevant ones that arrived too late to be put in order
 * @param repeated relevant ones left out because the host had logged the same action already
 * @param openHosts hosts with something open
 * @param openFacts facts that rules hold
 * @param waiting records waiting to be put in order
 * @param judgingNanos time spent on relevant records, in nanoseconds
 */
public record Tally(
    long records,
    long relevant,
    long late,
    long repeated,
    long openHosts,
    long openFacts,
    long waiting,
    long judgingNanos) {

  static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

  Tally plus(Tally other) {
    return new Tally(
        records + other.records,
        relevant + other.relevant,
        late + other.late,
        repeated + other.repeated,
        openHosts + other.openHosts,
        openFacts + other.openFacts,
        waiting + other.waiting,
        judgingNanos + other.judgingNanos);
  }
}
