package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import java.util.List;

/**
 * All that is held of a host, as data: what a snapshot has of it. Immutable.
 *
 * @param name the host
 * @param clock the latest session time its events have borne
 * @param now the session time of its session's clock; meaningless without facts
 * @param facts what rules hold: events and pending sequences
 * @param waiting records that still wait to be put in order
 * @param logged what it has logged lately
 */
record HostState(
    HostFields name,
    long clock,
    long now,
    List<Object> facts,
    List<List<Event>> waiting,
    List<LoggedAction> logged) {

  /**
   * An action that an event was about.
   *
   * @param kind the kind of event, by the simple name of its class
   * @param deletion whether it took the object away
   * @param object what it was done to
   * @param code the event's code; empty if it has none
   * @param pid of the process; -1 if unknown
   * @param millis the event's session time
   */
  record LoggedAction(
      String kind, boolean deletion, String object, String code, long pid, long millis) {}
}
