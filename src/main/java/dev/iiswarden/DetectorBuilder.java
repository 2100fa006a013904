package dev.iiswarden;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertDelivery;
import dev.iiswarden.alert.AlertScreen;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.alert.IncidentSink;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.engine.Ceilings;
import dev.iiswarden.engine.Engine;
import dev.iiswarden.engine.PartStore;
import dev.iiswarden.rules.Rules;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Detector}; made by {@link Detector#builder()}. Every setting has a default, which
 * its method states. Not safe for use by several threads.
 */
public final class DetectorBuilder {
  /**
   * The lateness unless it is set: 35 seconds. In 356,369 relevant events of public Windows logs 7
   * % were out of order on their host, by 10 s at the 90th percentile, 24 s at the 99th and 35 s at
   * most.
   */
  public static final Duration DEFAULT_LATENESS = Duration.ofSeconds(35);

  /** How far beyond its arrival an event is believed unless it is set: one day. */
  public static final Duration DEFAULT_MOST_AHEAD = Duration.ofDays(1);

  private static final int LONGEST_SPAN_DAYS = 10_000;

  private @Nullable Rules rules;
  private Duration lateness = DEFAULT_LATENESS;
  private InstantSource arrivals = InstantSource.system();
  private Duration mostAhead = DEFAULT_MOST_AHEAD;
  private Ceilings ceilings = Ceilings.DEFAULT;
  private final List<AlertSink> sinks = new ArrayList<>();
  private final List<AlertSink> suppressedSinks = new ArrayList<>();
  private final List<IncidentSink> incidentSinks = new ArrayList<>();
  private Allowlist allowlist = Allowlist.empty();
  private @Nullable Duration repeatSpan;
  private @Nullable HostStore hostStore;
  private int mostAlertsByRule = 10_000;
  private int mostAlertsByRuleAndHost = 1_000;
  private @Nullable Consumer<Decoded.Malformed> malformedHandler;

  DetectorBuilder() {}

  /** The rules to hold events against; by default the bundled ones. */
  public DetectorBuilder rules(Rules rules) {
    this.rules = Objects.requireNonNull(rules, "rules");
    return this;
  }

  /**
   * How far an event may trail its host's newest event and still be judged in order; by default
   * {@link #DEFAULT_LATENESS}. Alerts are delayed by the lateness, and relevant events wait that
   * long in memory. With less lateness, sequences whose events overtake each other are missed. Use
   * zero for a feed that is in order: each event is judged as it arrives.
   *
   * @param lateness to the millisecond, not negative
   * @throws IllegalArgumentException if it is negative or longer than 10,000 days
   */
  public DetectorBuilder lateness(Duration lateness) {
    this.lateness = span("lateness", lateness);
    return this;
  }

  /**
   * How far beyond its arrival an event may be dated and still be believed; by default {@link
   * #DEFAULT_MOST_AHEAD}. Within that, a single event still moves its host's clock by no more than
   * minutes, see {@link Detector}. An event dated later than that counts as of its host's clock, or
   * as of its arrival if the host is not known. Such events are counted, and alerts on them carry
   * the original time in {@code labels.reported_timestamp}.
   *
   * @param most to the second, not negative
   * @param arrivals tells the time of arrival; by default {@link InstantSource#system()}
   * @throws IllegalArgumentException if it is negative or longer than 10,000 days
   */
  public DetectorBuilder mostAhead(Duration most, InstantSource arrivals) {
    mostAhead = span("mostAhead", most);
    this.arrivals = Objects.requireNonNull(arrivals, "arrivals");
    return this;
  }

  private static Duration span(String name, Duration span) {
    if (span.isNegative() || span.toDays() > LONGEST_SPAN_DAYS) {
      throw new IllegalArgumentException(
          name + " " + span + " is not between zero and 10,000 days");
    }
    return span;
  }

  /**
   * How many facts rules may hold per host; by default 1,000. Beyond that facts are dropped, and
   * rules no longer wait for what would have followed them. Those of which there are most go first:
   * the oldest of one sequence or kind of event, of one program and folder. This is counted and
   * logged.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public DetectorBuilder mostFactsPerHost(int most) {
    ceilings = ceilings.withFactsPerHost(positive("mostFactsPerHost", most));
    return this;
  }

  /**
   * How many relevant records of one host may wait to be put in order; by default 10,000. Beyond
   * that the oldest is judged before its turn. This is counted and logged.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public DetectorBuilder mostWaitingPerHost(int most) {
    ceilings = ceilings.withWaitingPerHost(positive("mostWaitingPerHost", most));
    return this;
  }

  /**
   * How many characters the fields of one event may have together; by default 1,048,576, many times
   * what a record of the Windows event log can hold (64 kB). A longer relevant event is judged by
   * itself and not held, so it takes part in no sequence. This is counted as dropped and logged.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public DetectorBuilder mostCharactersPerEvent(int most) {
    ceilings = ceilings.withCharactersPerEvent(positive("mostCharactersPerEvent", most));
    return this;
  }

  /**
   * For how many hosts something may be held; by default a million, divided evenly among the
   * detector's stripes. Beyond that the host whose last relevant event is the oldest is dropped.
   * This is counted and logged.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public DetectorBuilder mostOpenHosts(int most) {
    ceilings = ceilings.withOpenHosts(positive("mostOpenHosts", most));
    return this;
  }

  /**
   * For how many hosts that share a short name something may be held; by default 1,000. Beyond that
   * the one of them whose last relevant event is the oldest is dropped, so somebody who invents
   * domains for a name displaces only hosts of that name. This is counted and logged.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public DetectorBuilder mostHostsPerShortName(int most) {
    ceilings = ceilings.withNamesakes(positive("mostHostsPerShortName", most));
    return this;
  }

  private static int positive(String name, int most) {
    if (most <= 0) {
      throw new IllegalArgumentException(name + " " + most + " is not positive");
    }
    return most;
  }

  /** Adds a sink for alerts. Every sink gets every alert. */
  public DetectorBuilder sink(AlertSink sink) {
    sinks.add(Objects.requireNonNull(sink, "sink"));
    return this;
  }

  /**
   * Adds a sink for incidents. Every one gets every alert that the sinks of alerts get, with the
   * incident that it opens or adds to.
   */
  public DetectorBuilder incidentSink(IncidentSink sink) {
    incidentSinks.add(Objects.requireNonNull(sink, "sink"));
    return this;
  }

  /** Alerts that need no attention; they only go to the sinks of suppressed alerts. */
  public DetectorBuilder allowlist(Allowlist allowlist) {
    this.allowlist = Objects.requireNonNull(allowlist, "allowlist");
    return this;
  }

  /**
   * Suppresses repeats of an alert for some time; by default only those that the rule itself
   * declares ({@link dev.iiswarden.rules.Rule#suppressBy()}) are suppressed. A repeat has the same
   * rule, host and DLLs with the same hashes, as far as these are known; without DLLs, the same
   * command; without either, the same file or registry key and program. What goes on is suppressed
   * for a week at most. The next alert that is shown says how many repeats there were. The last
   * 100,000 alerts are remembered; a snapshot and a {@link HostStore} contain them.
   *
   * @param span for how long after an alert, shown or suppressed
   * @throws IllegalArgumentException if it is not positive
   */
  public DetectorBuilder suppressRepeats(Duration span) {
    if (span.isZero() || span.isNegative()) {
      throw new IllegalArgumentException("suppressRepeats " + span + " is not positive");
    }
    repeatSpan = span;
    return this;
  }

  /**
   * How many alerts a rule may raise within an hour of event time; by default 10,000, of which
   * 1,000 on one host. Beyond that, an alert is suppressed if one about the same thing, as for
   * {@link #suppressRepeats}, was shown on its host within the hour; what is new is shown. A
   * summary alert with the id {@code alerts-held-back} says so at once, and another one says how
   * many there were when the hour is over.
   *
   * @param byRule on all hosts together; {@link Integer#MAX_VALUE} for no limit
   * @param byRuleAndHost on one host
   * @throws IllegalArgumentException if one is not positive
   */
  public DetectorBuilder mostAlertsPerHour(int byRule, int byRuleAndHost) {
    mostAlertsByRule = positive("mostAlertsPerHour", byRule);
    mostAlertsByRuleAndHost = positive("mostAlertsPerHour on one host", byRuleAndHost);
    return this;
  }

  /**
   * Keeps the open state of hosts in a store that outlives the detector; by default it is in memory
   * only. With a store, hosts above {@link #mostOpenHosts} leave the memory but are not lost,
   * {@link Detector#snapshot} contains only the hosts in memory, and {@link Detector#close()} does
   * not judge what waits: it goes on waiting in the store.
   */
  public DetectorBuilder hostStore(HostStore store) {
    hostStore = Objects.requireNonNull(store, "store");
    return this;
  }

  /**
   * Adds a sink for suppressed alerts: those held back by the allowlist, as repeats, or by the
   * hourly limits ({@link Alert#suppression()} says which). Every such sink gets every suppressed
   * alert; without one they are only counted.
   */
  public DetectorBuilder suppressedSink(AlertSink sink) {
    suppressedSinks.add(Objects.requireNonNull(sink, "sink"));
    return this;
  }

  /**
   * Handles records that were lost, on the thread that handed them over: they were malformed, of no
   * known shape, or without a time. {@link Decoded.Malformed#outcome()} tells which. By default a
   * {@link LostRecordLog} logs a sample of them. They are counted in any case.
   */
  public DetectorBuilder onMalformed(Consumer<Decoded.Malformed> handler) {
    malformedHandler = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /** The detector. The builder may be used again. */
  public Detector build() {
    return new Detector(this);
  }

  Rules rules() {
    return rules == null ? Rules.bundled() : rules;
  }

  Allowlist allowlist() {
    return allowlist;
  }

  Consumer<Decoded.Malformed> malformedHandler() {
    return malformedHandler == null ? new LostRecordLog() : malformedHandler;
  }

  AlertDelivery delivery() {
    AlertScreen screen =
        new AlertScreen(
            Allowlist.empty(), arrivals, repeatSpan, mostAlertsByRule, mostAlertsByRuleAndHost);
    return new AlertDelivery(screen, sinks, suppressedSinks, incidentSinks);
  }

  Engine.Builder engine() {
    Engine.Builder engine =
        Engine.builder().lateness(lateness).mostAhead(mostAhead, arrivals).ceilings(ceilings);
    return hostStore == null ? engine : engine.store(new StoredParts(hostStore));
  }

  @Nullable HostStore hostStore() {
    return hostStore;
  }

  /** The embedder's store, as the engine sees it. */
  private record StoredParts(HostStore store) implements PartStore {
    @Override
    public Map<String, byte[]> load(String key) {
      return store.load(key);
    }

    @Override
    public void save(String key, Map<String, byte @Nullable []> parts) {
      store.save(key, parts);
    }

    @Override
    public void delete(String key) {
      store.delete(key);
    }
  }
}
