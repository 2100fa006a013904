package dev.iiswarden.engine;

/**
 * How much may be held, so that a flood costs no more than this. What is let go of is reported, see
 * {@link Overflow}.
 *
 * @param factsPerHost what rules hold of one host; the oldest go first
 * @param waitingPerHost records of one host that wait to be put in order; the oldest is judged
 *     before its time
 * @param charactersPerEvent text of one event's fields; a longer one is judged by itself and not
 *     held
 * @param openHosts hosts of which something is held; the one whose last relevant event is longest
 *     ago goes first
 * @param liveHosts hosts that have a Drools session; the others have their facts alone
 */
public record Ceilings(
    int factsPerHost, int waitingPerHost, int charactersPerEvent, int openHosts, int liveHosts) {

  /** The same for each of several shares of the hosts. */
  public Ceilings dividedBy(int shares) {
    return new Ceilings(
        factsPerHost,
        waitingPerHost,
        charactersPerEvent,
        Math.max(1, openHosts / shares),
        Math.max(1, liveHosts / shares));
  }
}
