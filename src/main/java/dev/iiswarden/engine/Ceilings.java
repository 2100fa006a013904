package dev.iiswarden.engine;

/**
 * The limits on what an engine holds, which bound the cost of a flood. Create them by changing
 * {@link #DEFAULT}. Whatever is dropped is counted and logged, see {@link FloodLog}. Immutable and
 * safe for use by several threads.
 *
 * @param factsPerHost facts that rules hold for one host; the oldest of the largest {@linkplain
 *     Crowds crowd} are dropped first
 * @param waitingPerHost records of one host that wait to be put in order; beyond this number the
 *     oldest is evaluated early
 * @param charactersPerEvent characters in the fields of one event; a longer event is evaluated
 *     alone and not held
 * @param openHosts hosts with open state; the host that has gone longest without a relevant event
 *     is dropped first
 * @param namesakes open hosts that share a short name; of these the host that has gone longest
 *     without a relevant event is dropped first
 * @param liveHosts hosts with a Drools session; for all others only the facts are held
 */
public record Ceilings(
    int factsPerHost,
    int waitingPerHost,
    int charactersPerEvent,
    int openHosts,
    int namesakes,
    int liveHosts) {

  /** A Drools session with a fact in it takes 16 kB, so a thousand of them take 16 MB. */
  private static final int LIVE_HOSTS = 1024;

  /** The default limits. */
  public static final Ceilings DEFAULT =
      new Ceilings(1_000, 10_000, 1 << 20, 1_000_000, 1_000, LIVE_HOSTS);

  /** Returns these limits with another number of facts per host. */
  public Ceilings withFactsPerHost(int most) {
    return new Ceilings(most, waitingPerHost, charactersPerEvent, openHosts, namesakes, liveHosts);
  }

  /** Returns these limits with another number of waiting records per host. */
  public Ceilings withWaitingPerHost(int most) {
    return new Ceilings(factsPerHost, most, charactersPerEvent, openHosts, namesakes, liveHosts);
  }

  /** Returns these limits with another number of characters per event. */
  public Ceilings withCharactersPerEvent(int most) {
    return new Ceilings(factsPerHost, waitingPerHost, most, openHosts, namesakes, liveHosts);
  }

  /** Returns these limits with another number of open hosts. */
  public Ceilings withOpenHosts(int most) {
    return new Ceilings(
        factsPerHost, waitingPerHost, charactersPerEvent, most, namesakes, liveHosts);
  }

  /** Returns these limits with another number of open hosts that share a short name. */
  public Ceilings withNamesakes(int most) {
    return new Ceilings(
        factsPerHost, waitingPerHost, charactersPerEvent, openHosts, most, liveHosts);
  }

  /** Returns the limits for each of several shares of the hosts. */
  Ceilings dividedBy(int shares) {
    return new Ceilings(
        factsPerHost,
        waitingPerHost,
        charactersPerEvent,
        Math.max(1, openHosts / shares),
        namesakes,
        Math.max(1, liveHosts / shares));
  }
}
