package dev.iiswarden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertDelivery;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.alert.AllowlistEntry;
import dev.iiswarden.alert.AllowlistField;
import dev.iiswarden.alert.UndeliveredAlertsException;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.engine.Engine;
import dev.iiswarden.engine.Match;
import dev.iiswarden.engine.RuleBase;
import dev.iiswarden.engine.Snapshot;
import dev.iiswarden.engine.StoredPart;
import dev.iiswarden.engine.Tally;
import dev.iiswarden.event.Eql;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a stream of endpoint events against a rule set and raises alerts.
 *
 * <p>Time is event time. The wall clock is only asked whether an event is dated too far in the
 * future to be believed, and how long a host has been silent. Every host has a clock of its own:
 * the latest believed time of its events. A single event moves it by at most five minutes, and by
 * as much as has passed since the clock last moved. An event further ahead is believed when a
 * second event of the host is ahead as well, or when the application lets time pass. If instead the
 * next event is back where the clock is, the event is counted as {@link Counters#futureDated()};
 * the alerts it gives by itself are raised at once, and for sequences it waits for its time to
 * come. An event in which some rule is interested waits until its host's clock has passed it by the
 * allowed lateness, so events are judged in the order of their time even if they arrive in another.
 * The host's later events, {@link #flush()} and {@link #close()} release it. An event that arrives
 * later than that is judged on arrival against what is still open, and counted. All other events
 * are gone as soon as {@code accept} returns.
 *
 * <p>Which names mean the same host follows from {@link HostFields#isSameMachineAs}. Windows may
 * log one action under several event ids; then the first event counts and the others are left out
 * (same host, kind of event, object and process within ten seconds, see {@link
 * dev.iiswarden.event.EventBuilder#countOnce()}). A record that is handed over a second time, with
 * the same computer, channel, record id, event code and time, is left out as well. The last 131,072
 * records in which some rule was interested are remembered for this; that takes up to 8 MB, and
 * {@link #snapshot} contains it.
 *
 * <p>All methods may be called from any thread. The detector starts no threads of its own:
 * detection and sinks run on the caller's. If their order matters, hand over the events of one host
 * from one thread at a time. Different hosts are judged side by side.
 */
public final class Detector implements AutoCloseable {
  /**
   * The earliest time that an event is expected to have: the start of the year 2000. Earlier events
   * are judged like any other and counted as {@link Counters#pastDated()}, because they come from a
   * clock that was never set or from a date that was misread.
   */
  public static final Instant OLDEST_PLAUSIBLE = Instant.parse("2000-01-01T00:00:00Z");

  private static final Logger LOG = LoggerFactory.getLogger(Detector.class);

  private static final long OLDEST_PLAUSIBLE_SECOND = OLDEST_PLAUSIBLE.getEpochSecond();

  /** By rule set: a match may still be under way when another rule set has taken over. */
  private final Map<RuleBase, Map<String, Rule>> rules =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Engine engine;
  private final AlertDelivery delivery;
  private final Consumer<Decoded.Malformed> malformedHandler;
  private final @Nullable HostStore store;
  private final LongAdder notOfInterest = new LongAdder();
  private final LongAdder unrecognised = new LongAdder();
  private final LongAdder withoutTime = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder withoutHost = new LongAdder();
  private final LongAdder pastDated = new LongAdder();
  private volatile Rules current;
  private final AtomicBoolean closed = new AtomicBoolean();

  Detector(DetectorBuilder builder) {
    current = builder.rules();
    rules.put(current.base(), current.byName());
    delivery = builder.delivery();
    engine = builder.engine().build(current.base(), this::raise);
    malformedHandler = builder.malformedHandler();
    store = builder.hostStore();
    allow(builder.allowlist());
    if (store != null) {
      delivery.screen().trackChanges();
      restoreScreen(store);
    }
  }

  private void restoreScreen(HostStore from) {
    List<JsonNode> entries = new ArrayList<>();
    try {
      for (byte[] part : from.load(HostStore.DELIVERY).values()) {
        entries.add(StoredPart.open(part));
      }
      delivery.screen().restore(entries, current.all());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the detector's own part of the store", e);
    }
    delivery.screen().takeChanges();
  }

  /** Saves what delivery remembers, from one thread at a time. */
  private void saveScreen(HostStore to) {
    synchronized (delivery) {
      Map<String, byte @Nullable []> parts = new TreeMap<>();
      delivery
          .screen()
          .takeChanges()
          .forEach((name, entry) -> parts.put(name, entry == null ? null : StoredPart.seal(entry)));
      if (!parts.isEmpty()) {
        to.save(HostStore.DELIVERY, parts);
      }
    }
  }

  /**
   * A builder of a detector with the bundled rules, no sink, and {@link
   * DetectorBuilder#DEFAULT_LATENESS}.
   */
  public static DetectorBuilder builder() {
    return new DetectorBuilder();
  }

  /**
   * Takes what a decoder made of one record, or of a document of several. Every record is counted
   * by what became of it, see {@link Counters#notOfInterest()}.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void accept(Decoded decoded) {
    ensureOpen();
    if (decoded.isSeveral()) {
      decoded.records().forEach(this::acceptRecord);
    } else {
      acceptRecord(decoded);
    }
  }

  private void acceptRecord(Decoded decoded) {
    if (!decoded.events().isEmpty()) {
      acceptFacts(decoded.events());
    } else if (decoded.malformed().isPresent()) {
      Decoded.Malformed lost = decoded.malformed().get();
      countOf(lost).increment();
      malformedHandler.accept(lost);
    } else {
      notOfInterest.increment();
    }
  }

  private LongAdder countOf(Decoded.Malformed lost) {
    return switch (lost.outcome()) {
      case UNRECOGNISED -> unrecognised;
      case NO_TIME -> withoutTime;
      default -> malformed;
    };
  }

  private void acceptFacts(List<Event> facts) {
    engine.accept(facts);
    Event first = facts.get(0);
    if (first.getHost().getName() == null) {
      withoutHost.increment();
    }
    if (first.getTimestamp().getEpochSecond() < OLDEST_PLAUSIBLE_SECOND) {
      pastDated.increment();
    }
  }

  /**
   * Takes one event.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void accept(Event event) {
    ensureOpen();
    acceptFacts(List.of(event));
  }

  /**
   * Lets time pass on every host, including those that have fallen silent. What waits to be put in
   * order and is older by more than the lateness is judged, and rules forget what has left their
   * windows. Call it now and then with a time that trails the wall clock by as much as events may
   * take to arrive.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void advanceTo(Instant time) {
    ensureOpen();
    engine.advanceTo(time);
  }

  /**
   * Lets time pass on one host, as an event of this time would in which no rule is interested.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void advanceTo(HostFields host, Instant time) {
    ensureOpen();
    engine.advanceTo(host, time);
  }

  /**
   * Lets time pass on hosts from which nothing has come. Unlike {@link #advanceTo(Instant)} it goes
   * by the clocks of these hosts, which may be behind those of others.
   *
   * @param correlationKey what the hosts' names have in common, see {@link
   *     HostFields#getCorrelationKey()}
   * @param span to the millisecond, not negative
   * @throws IllegalStateException if the detector is closed
   */
  public void elapse(String correlationKey, Duration span) {
    ensureOpen();
    engine.elapse(correlationKey, span);
  }

  /**
   * Judges all events that still wait to be put in order, and offers sinks again what they have
   * refused. Call it at the end of an input or during a pause in it.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void flush() {
    ensureOpen();
    engine.flush();
    delivery.retry();
  }

  /**
   * Writes what is open on all hosts: what rules wait for, what still waits to be put in order, and
   * every host's clock; and what the hourly limits of alerts, the suppression of repeats and the
   * recognition of duplicates remember. Hosts are written one after the other, so the snapshot may
   * or may not contain events that are accepted meanwhile. If it has to agree with a position in
   * the feed, take it between two events. Alerts that a sink has refused are not part of it.
   *
   * @param out gets JSON Lines; it is flushed and not closed
   * @throws IOException if it cannot be written
   * @throws IllegalStateException if the detector is closed; what has been written is then no
   *     snapshot
   */
  public void snapshot(OutputStream out) throws IOException {
    snapshot(out, null);
  }

  /** Writes a snapshot together with the place in the feed to which it belongs. */
  void snapshot(OutputStream out, @Nullable String position) throws IOException {
    ensureOpen();
    engine.snapshot(out, position, delivery.screen().state());
  }

  /**
   * Takes up what {@link #snapshot} has written, also under other rules or on another machine. No
   * alert is raised a second time, and half-open sequences are completed by the events that follow.
   * Call it before the detector has seen an event.
   *
   * @param in is read to the end of the snapshot and not closed
   * @throws IOException if it cannot be read, is not a snapshot, has a version that this release
   *     does not read, or is damaged in any bit; nothing is taken up then
   * @throws IllegalStateException if the detector is closed or already holds something
   */
  public void restore(InputStream in) throws IOException {
    restoreWithPosition(in);
  }

  /** Restores a snapshot and returns the place in the feed to which it belongs; null if none. */
  @Nullable String restoreWithPosition(InputStream in) throws IOException {
    ensureOpen();
    Snapshot snapshot = engine.restore(in);
    delivery.screen().restore(snapshot.delivery(), current.all());
    return snapshot.position();
  }

  /**
   * Goes on with other rules. What is open stays open: a sequence that began under the previous
   * rules is completed under these if they still know it by its name. No alert is raised a second
   * time. The new rules do not judge facts that are already there; they apply from the next record
   * on. No record is lost, and none waits longer than it takes to hand its host over, because rules
   * are compiled beforehand (see {@link Rules#fromDirectory}).
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void reload(Rules others) {
    ensureOpen();
    rules.put(others.base(), others.byName());
    current = others;
    engine.use(others.base());
  }

  /**
   * Applies another allowlist to the alerts from now on. Entries that have expired are logged, and
   * so are entries that name no rule of the rule set.
   *
   * @throws IllegalStateException if the detector is closed
   */
  public void allow(Allowlist allowlist) {
    ensureOpen();
    for (AllowlistEntry entry : allowlist.entries()) {
      String[] ids =
          entry.conditions().getOrDefault(AllowlistField.RULE, List.of("*")).toArray(String[]::new);
      if (current.all().stream().noneMatch(rule -> Eql.like(rule.id(), ids))) {
        LOG.warn("allowlist entry {} names no existing rule: {}", entry.id(), List.of(ids));
      }
    }
    delivery.screen().use(allowlist);
  }

  /** How many alerts each entry of the allowlists has suppressed so far, by the entry's id. */
  public Map<String, Long> allowedCounts() {
    return delivery.screen().allowedCounts();
  }

  /** The rules that are in force now; {@link #reload} changes them. */
  public Rules rules() {
    return current;
  }

  boolean isClosed() {
    return closed.get();
  }

  /** Returns when all sinks have handed on what they have taken. */
  void flushSinks() {
    delivery.flushSinks();
  }

  /** What has been seen and what is held. Adds up over all hosts, so do not call it per event. */
  public Counters counters() {
    Tally tally = engine.tally();
    return Counters.builder()
        .events(
            tally.records()
                + notOfInterest.sum()
                + unrecognised.sum()
                + withoutTime.sum()
                + malformed.sum())
        .relevant(tally.relevant())
        .alerts(delivery.raisedCount())
        .late(tally.late())
        .repeated(tally.repeated())
        .duplicates(tally.duplicates())
        .futureDated(engine.futureDatedCount())
        .dropped(engine.droppedCount())
        .judgedEarly(engine.judgedEarlyCount())
        .pastDated(pastDated.sum())
        .withoutHost(withoutHost.sum())
        .notOfInterest(notOfInterest.sum())
        .unrecognised(unrecognised.sum())
        .withoutTime(withoutTime.sum())
        .malformed(malformed.sum())
        .ruleFailures(engine.ruleFailureCount())
        .overBudget(engine.overBudgetCount())
        .suppressed(delivery.screen().suppressedCount())
        .undelivered(delivery.undeliveredCount())
        .openHosts(tally.openHosts())
        .openFacts(tally.openFacts())
        .waiting(tally.waiting())
        .judging(Duration.ofNanos(tally.judgingNanos()))
        .delivery(delivery.time())
        .build();
  }

  /**
   * Flushes and releases everything. An event that is being accepted meanwhile is either refused
   * with an {@link IllegalStateException}, or judged and delivered before this method returns.
   * Sinks are not closed; they belong to the application that made them. A second call does
   * nothing.
   *
   * @throws UndeliveredAlertsException if a sink refuses alerts to the end; everything else is done
   *     by then
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    if (store != null) {
      engine.close();
    } else {
      engine.flushAndClose();
      delivery.retry();
      delivery.deliverSummaries();
    }
    delivery.close();
  }

  private void ensureOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the detector is closed");
    }
  }

  private void raise(List<Match> matches) {
    List<Alert> alerts = new ArrayList<>(matches.size());
    for (Match match : matches) {
      String overBudget = match.overBudget();
      if (overBudget == null) {
        alerts.add(Alert.of(rule(match), match.detection().getEvidence()));
      } else {
        delivery.reportOverBudget(rule(match), match.detection().getEvidence(), overBudget);
      }
    }
    delivery.deliver(alerts);
    if (store != null) {
      saveScreen(store);
    }
  }

  private Rule rule(Match match) {
    Map<String, Rule> byName = Objects.requireNonNull(rules.get(match.rules()));
    return Objects.requireNonNull(byName.get(match.ruleName()));
  }
}
