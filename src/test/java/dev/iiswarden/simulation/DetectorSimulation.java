package dev.iiswarden.simulation;

import dev.iiswarden.Counters;
import dev.iiswarden.Detector;
import dev.iiswarden.StateDirectory;
import dev.iiswarden.alert.UndeliveredAlertsException;
import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One run of an application as the embedding guide describes it: it feeds a detector, saves its
 * state every so often, and acknowledges to the source what precedes the save. The source keeps
 * what was not acknowledged. If the saved state is refused, an operator deletes it and feeds the
 * archive from its start.
 */
final class DetectorSimulation {
  private static final int MOST_CRASHES = 8;

  private final Faults faults;
  private final Plant plant;
  private final List<Fed> feed;
  private final SimulatedFeed whole;
  private final SimulatedDisk disk = new SimulatedDisk();
  private final SimulatedClock clock = new SimulatedClock();
  private final SimulatedSink sink;
  private final Verdict.Builder verdict = new Verdict.Builder();
  private final Map<Fault, SplittableRandom> randoms = new EnumMap<>(Fault.class);
  private final SplittableRandom saves;
  private Rules rules = SimulatedRules.BUNDLED;
  private int acknowledged;
  private int crashes;
  private int incarnations;
  private boolean diskIsFull;
  private boolean overCeilings;

  DetectorSimulation(Faults faults, Plant plant) {
    this.faults = faults;
    this.plant = plant;
    whole = SimulatedFeed.of(faults);
    feed = Planted.records(plant, faults, whole.records());
    sink = new SimulatedSink(faults);
    saves = faults.random("saves");
    for (Fault fault : Fault.values()) {
      randoms.put(fault, faults.random(fault));
    }
    if (plant == Plant.LOST_WRITE) {
      disk.loseRenames();
    }
  }

  Verdict run() {
    boolean finished = false;
    while (!finished) {
      incarnations++;
      verdict.trace("process " + incarnations + " begins");
      try {
        finished = runProcess();
      } catch (SimulatedCrash crash) {
        verdict.trace("crash");
        crashes++;
      } catch (IOException e) {
        verdict.problem("unexpected " + e);
        finished = true;
      }
      disk.processEnded();
      if (happens(Fault.POWER_CUT, 2)) {
        disk.cutPower(random(Fault.POWER_CUT));
      }
      sink.processEnded();
      damageState();
    }
    compare();
    return verdict.build();
  }

  private SplittableRandom random(Fault fault) {
    SplittableRandom random = randoms.get(fault);
    if (random == null) {
      throw new IllegalArgumentException(fault.name());
    }
    return random;
  }

  /** Whether a fault happens now; it does once in so many times. */
  private boolean happens(Fault fault, int times) {
    return faults.has(fault) && random(fault).nextInt(times) == 0;
  }

  /** One life of the process. Returns whether it has read all there is. */
  private boolean runProcess() throws IOException {
    Detector detector = detector();
    try (StateDirectory state = StateDirectory.open(disk.directory())) {
      Application application = new Application(detector, state, restore(detector, state));
      while (application.position < feed.size()) {
        application.step();
        if (application.isRestarting) {
          return false;
        }
      }
      application.finish();
      return true;
    }
  }

  private Detector detector() {
    var builder =
        Detector.builder()
            .rules(rules)
            .lateness(plant == Plant.NO_LATENESS ? Duration.ZERO : SimulatedFeed.LATENESS)
            .mostAhead(Duration.ofDays(1), clock)
            .onMalformed(lost -> {})
            .sink(sink);
    if (faults.has(Fault.FLOODED_HOST)) {
      builder
          .mostFactsPerHost(SimulatedFeed.FACTS_PER_HOST)
          .mostWaitingPerHost(SimulatedFeed.WAITING_PER_HOST);
    }
    return builder.build();
  }

  /** Returns the position to go on from. */
  private int restore(Detector detector, StateDirectory state) {
    try {
      int position = state.restore(detector).map(Integer::parseInt).orElse(0);
      verdict.trace("restored at " + position);
      return Math.max(position, acknowledged);
    } catch (IOException e) {
      // Where a bit flipped depends on the order in which hosts are written.
      verdict.trace("refused");
      disk.clear();
      acknowledged = 0;
      return 0;
    }
  }

  private void damageState() {
    byte[] state = disk.read("state.jsonl");
    if (state == null || state.length == 0) {
      return;
    }
    if (happens(Fault.TORN_STATE, 4)) {
      verdict.trace("the state is cut short");
      disk.damage(
          "state.jsonl", Arrays.copyOf(state, random(Fault.TORN_STATE).nextInt(state.length)));
    } else if (happens(Fault.FLIPPED_BIT, 4)) {
      verdict.trace("a bit flips");
      byte[] flipped = state.clone();
      int bit = random(Fault.FLIPPED_BIT).nextInt(flipped.length * 8);
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      disk.damage("state.jsonl", flipped);
    }
  }

  private void compare() {
    Differences differences =
        new Differences(
            ReferenceRun.alerts(whole, SimulatedRules.BUNDLED), sink.delivered(), verdict);
    if (faults.has(Fault.OTHER_RULES)) {
      differences.onlyRules(SimulatedRules.BASE_IDS);
    }
    if (overCeilings) {
      differences.explain(SimulatedFeed::isFlooded, "counted as dropped or judged early");
    }
    differences.explainExtra(
        alert -> sink.raisedAtClose().contains(alert.id()), "raised by close(), out of order");
    differences.report();
    if (incarnations == 1) {
      sink.times()
          .forEach((id, times) -> verdict.equal("deliveries of " + id + " in one life", 1, times));
    }
  }

  /** The process between two crashes. */
  private final class Application {
    private final Detector detector;
    private final StateDirectory state;
    private final Expected expected = new Expected();
    private int position;
    private int untilSave;
    private boolean isRestarting;

    Application(Detector detector, StateDirectory state, int position) {
      this.detector = detector;
      this.state = state;
      this.position = position;
      untilSave = 3 + saves.nextInt(20);
    }

    /** Feeds a record, and lets happen what may. */
    void step() throws IOException {
      Fed next = feed.get(position);
      clock.moveTo(next.arrival());
      expected.add(next, detector.rules(), clock.instant());
      detector.accept(next.decoded());
      position++;
      if (saves.nextInt(10) == 0) {
        detector.advanceTo(next.arrival().minus(SimulatedFeed.LATENESS));
      }
      reload();
      fillDisk();
      if (crashes < MOST_CRASHES && (happens(Fault.CRASH, 40) || happens(Fault.POWER_CUT, 60))) {
        crash();
      }
      if (--untilSave < 0) {
        save();
        untilSave = 3 + saves.nextInt(20);
      }
      if (crashes < MOST_CRASHES && happens(Fault.RESTART, 50)) {
        restart();
      }
    }

    private void reload() {
      if (happens(Fault.RELOAD, 15)) {
        rules = SimulatedRules.same(random(Fault.RELOAD));
        detector.reload(rules);
      }
      if (happens(Fault.OTHER_RULES, 15)) {
        rules = SimulatedRules.others(random(Fault.OTHER_RULES));
        detector.reload(rules);
      }
    }

    private void fillDisk() {
      if (happens(Fault.FULL_DISK, 20)) {
        diskIsFull = !diskIsFull;
        disk.free(diskIsFull ? random(Fault.FULL_DISK).nextInt(5_000) : Integer.MAX_VALUE);
      }
    }

    /** At once, or at some step of a save. */
    private void crash() throws IOException {
      SplittableRandom random = random(Fault.CRASH);
      if (random.nextBoolean()) {
        disk.crashAfter(random.nextInt(8));
        save();
      }
      throw new SimulatedCrash();
    }

    private boolean save() {
      check();
      try {
        state.save(detector, Integer.toString(position));
        acknowledged = position;
        verdict.trace("saved at " + position);
        return true;
      } catch (IOException e) {
        verdict.trace("not saved: " + e.getMessage());
        return false;
      }
    }

    private void restart() {
      if (!save()) {
        return;
      }
      sink.closing();
      try {
        detector.close();
      } catch (UndeliveredAlertsException e) {
        verdict.trace("undelivered at close: " + e.alerts().size());
      }
      crashes++;
      isRestarting = true;
    }

    /** All that was wrong is over. */
    void finish() throws IOException {
      sink.recover();
      disk.free(Integer.MAX_VALUE);
      detector.flush();
      verdict.check(save(), "nothing is wrong any more, but the state cannot be saved");
      verdict.equal("undelivered", 0, detector.counters().undelivered());
      verdict.equal("waiting", 0, detector.counters().waiting());
      detector.close();
    }

    private void check() {
      Counters counters = detector.counters();
      overCeilings |= counters.dropped() + counters.judgedEarly() > 0;
      // What was judged before its turn is in the saved state, too. And under other rules a
      // duplicate may be the first record that is relevant.
      boolean mayBeLate = overCeilings || faults.has(Fault.OTHER_RULES);
      expected.check(counters, mayBeLate, verdict);
      verdict.equal(
          "alerts taken",
          counters.alerts() - counters.suppressed() - counters.undelivered(),
          sink.accepted());
      if (faults.has(Fault.FLOODED_HOST)) {
        verdict.check(
            counters.openFacts() <= counters.openHosts() * SimulatedFeed.FACTS_PER_HOST,
            "too many facts: " + counters);
        verdict.check(
            counters.waiting() <= counters.openHosts() * SimulatedFeed.WAITING_PER_HOST,
            "too many records wait: " + counters);
      } else {
        verdict.equal("dropped", 0, counters.dropped());
        verdict.equal("judgedEarly", 0, counters.judgedEarly());
      }
    }
  }
}
