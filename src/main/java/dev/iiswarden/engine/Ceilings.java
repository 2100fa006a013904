package dev.iiswarden.engine;

/**
 * How much may be held, so that a flood costs no more than this. What is let go of is counted and
 * logged, see {@link FloodLog}.
 *
 * @param factsPerHost facts that rules hold of one host; the oldest go first
 * @param waitingPerHost records of one host that wait to be put in order; the oldest is judged
 *     early
 * @param charactersPerEvent text of one event's fields; a longer event is judged by itself and not
 *     held
 * @param openHosts hosts of which something is held; the one whose last relevant event is the
 *     oldest goes first
 * @param liveHosts hosts that have a Drools session; of the others only the facts are held
 */
public record Ceilings(
    int factsPerHost, int waitingPerHost, int charactersPerEvent, int openHosts, int liveHosts) {

  /** At 16 kB a Drools session with a fact in it, a thousand of them take 16 MB. */
  private static final int LIVE_HOSTS = 1024;

  /** What is in force unless it is changed. */
  public static final Ceilings DEFAULT =
      new Ceilings(1_000, 10_000, 1 << 20, 1_000_000, LIVE_HOSTS);

  /** The same with another number of facts a host. */
  public Ceilings withFactsPerHost(int most) {
    return new Ceilings(most, waitingPerHost, charactersPerEvent, openHosts, liveHosts);
  }

  /** The same with another number of waiting records a host. */
  public Ceilings withWaitingPerHost(int most) {
    return new Ceilings(factsPerHost, most, charactersPerEvent, openHosts, liveHosts);
  }

  /** The same with another number of characters an event. */
  public Ceilings withCharactersPerEvent(int most) {
    return new Ceilings(factsPerHost, waitingPerHost, most, openHosts, liveHosts);
  }

  /** The same with another number of open hosts. */
  public Ceilings withOpenHosts(int most) {
    return new Ceilings(factsPerHost, waitingPerHost, charactersPerEvent, most, liveHosts);
  }

  /** The ceilings of each of several shares of the hosts. */
  Ceilings dividedBy(int shares) {
    return new Ceilings(
        factsPerHost,
        waitingPerHost,
        charactersPerEvent,
        Math.max(1, openHosts / shares),
        Math.max(1, liveHosts / shares));
  }
}
