package dev.iiswarden.engine;

import dev.iiswarden.event.HostFields;
import java.util.List;

/**
 * The state of a host as data, as a snapshot contains it. Immutable.
 *
 * @param name the host
 * @param clock the latest believed session time of its events, see {@link EventClock}
 * @param ahead the session time of an event that leaps and is not yet decided
 * @param arrivedAt the session time of the arrival at which the clock last moved
 * @param now the session time of its session's clock; meaningless without facts
 * @param facts the facts that rules hold: events and pending sequences
 * @param waiting records that still wait to be put in order
 * @param logged the actions that it has logged lately
 * @param scripts the parts of script blocks that it has logged lately
 */
record HostState(
    HostFields name,
    long clock,
    long ahead,
    long arrivedAt,
    long now,
    List<Object> facts,
    List<WaitingRecord> waiting,
    List<LoggedAction> logged,
    List<ScriptPart> scripts) {

  /**
   * An action that an event reported.
   *
   * @param kind the kind of event, by the simple name of its class
   * @param deletion whether the action deleted the object
   * @param object the object of the action, or a digest of it if it is long
   * @param code the event's code; empty if it has none
   * @param pid the process id; -1 if unknown
   * @param millis the event's session time
   */
  record LoggedAction(
      String kind, boolean deletion, String object, String code, long pid, long millis) {}

  /**
   * A part of a script block.
   *
   * @param id the id of the block
   * @param total how many parts it has
   * @param sequence the number of the part, from 1; 0 for a block that needs no further part
   * @param text the text of the part
   * @param millis the part's session time
   */
  record ScriptPart(String id, long total, long sequence, String text, long millis) {}
}
