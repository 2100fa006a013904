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
  static final Limit PROCEDURES_SEEN = new Limit(24, 34);

  /** How many of the other procedures reach high. */
  static final Limit PROCEDURES_HIGH = new Limit(13, 22);

  /** How many variations of an intrusion may raise nothing. */
  static final Limit VARIATIONS_UNSEEN = new Limit(34, 5);

  /** How many alerts one administrator's work may raise. */
  static final int ADMINISTRATION_ALERTS = 3;

  /** How many traces of administration may be a high incident; the table says why. */
  static final Limit ADMINISTRATION_HIGH = new Limit(6, 3);

  /** How many traces of administration may raise more alerts than that. */
  static final Limit ADMINISTRATION_LOUD = new Limit(6, 0);

  /** How many incidents an intrusion is that goes on past the full hour. */
  static final Limit INCIDENTS_ACROSS_THE_HOUR = new Limit(2, 1);

  /** How many alerts name the intruder's DLL among a thousand that are the site's own. */
  static final Limit ALERTS_AMONG_A_THOUSAND = new Limit(0, 1);

  /** How many alerts a busy week of one server may raise. */
  static final int WEEK_ALERTS = 25;

  /** How many incidents a busy week of one server may raise. */
  static final Limit WEEK_INCIDENTS = new Limit(53, 5);

  /** How many alerts a generated week of one server may raise, when nobody intrudes. */
  static final Limit GENERATED_ALERTS = new Limit(1001, 25);

  /** How many incidents a generated week of one server may be, when nobody intrudes. */
  static final Limit GENERATED_INCIDENTS = new Limit(47, 5);

  /** How many in a hundred generated weeks have a high incident, when nobody intrudes. */
  static final Limit GENERATED_HIGH = new Limit(100, 0);

  /** In how many of a hundred generated weeks no high incident names the intruder's DLL. */
  static final Limit INTRUSION_MISSED = new Limit(20, 0);

  /** In how many of a hundred generated weeks the intrusion is the only high incident. */
  static final Limit INTRUSION_ALONE = new Limit(0, 100);

  private Limits() {}
}
