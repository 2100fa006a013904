package dev.iiswarden.traces;

import java.util.Set;

/**
 * The limits that the tests of this package hold the bundled rules to. {@code traces/expected.tsv}
 * has those of each trace.
 */
final class Limits {
  /** Procedures that leave no telemetry of their own: nothing is expected of the rules. */
  static final Set<String> WITHOUT_TELEMETRY =
      Set.of("p09", "p12", "p17", "p18", "p19", "p20", "p43", "p44");

  /** How many of the other procedures reach at least medium. */
  static final int PROCEDURES_SEEN = 34;

  /** How many of the other procedures reach high. */
  static final int PROCEDURES_HIGH = 22;

  /** How many variations of an intrusion may raise nothing. */
  static final int VARIATIONS_UNSEEN = 5;

  /** How many alerts one administrator's work may raise. */
  static final int ADMINISTRATION_ALERTS = 3;

  /** How many traces of administration may be a high incident; the table says why. */
  static final int ADMINISTRATION_HIGH = 3;

  /** How many traces of administration may raise more alerts than that. */
  static final int ADMINISTRATION_LOUD = 0;

  /** How many incidents an intrusion is that goes on past the full hour. */
  static final int INCIDENTS_ACROSS_THE_HOUR = 1;

  /** How many alerts name the intruder's DLL among a thousand that are the site's own. */
  static final int ALERTS_AMONG_A_THOUSAND = 1;

  /** How many alerts a busy week of one server may raise. */
  static final int WEEK_ALERTS = 25;

  /** How many incidents a busy week of one server may raise. */
  static final int WEEK_INCIDENTS = 5;

  /** How many alerts a generated week of one server may raise, when nobody intrudes. */
  static final int GENERATED_ALERTS = 40;

  /** How many incidents a generated week of one server may be, when nobody intrudes. */
  static final int GENERATED_INCIDENTS = 20;

  /** How many in a hundred generated weeks have a high incident, when nobody intrudes. */
  static final int GENERATED_HIGH = 0;

  /** In how many of a hundred generated weeks no high incident names the intruder's DLL. */
  static final int INTRUSION_MISSED = 0;

  /** In how many of a hundred generated weeks the intrusion is the only high incident. */
  static final int INTRUSION_ALONE = 100;

  private Limits() {}
}
