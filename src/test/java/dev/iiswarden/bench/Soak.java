package dev.iiswarden.bench;

import dev.iiswarden.Counters;
import dev.iiswarden.Detector;
import dev.iiswarden.StateDirectory;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Runs a detector for long over hosts that come and go, with rules that are reloaded, a sink that
 * stalls, state that is saved, and one restart; and looks whether memory or classes grow, and
 * whether an alert is lost. Everything happens at a certain event, so that two runs do the same.
 */
final class Soak {
  private static final Path RULES = Path.of("rules-drl");
  private static final Path TARGET = Path.of("target");
  private static final int EVENTS_PER_RELOAD = 100_000;
  private static final int SAMPLES = 200;
  private static final int STALLS = 50;

  /** Then the restart is under all rules, under which every open fact is taken up. */
  private static final long MULTIPLE_OF = 4 * EVENTS_PER_RELOAD;

  /** Longer than any record is behind, and longer than one step of the clock. */
  private static final Duration LATENESS = Duration.ofMinutes(5);

  /**
   * As many sequences as fill what a detector keeps by design: the counts of the hourly limits and,
   * with two records each, the records that it recognises when they are repeated.
   */
  private static final int SEQUENCES_BEFORE = 100_000;

  private final long events;
  private final SoakFeed feed = new SoakFeed();
  private final SoakSink sink = new SoakSink();
  private final EventDecoder decoder = EventDecoders.auto();
  private final List<SoakSample> samples = new ArrayList<>();
  private final SoakVerdict verdict = new SoakVerdict();
  private final ExecutorService compiler = Executors.newSingleThreadExecutor();
  private final Map<String, String> allFiles = RulesDirectory.at(RULES).read();
  private final Map<String, String> baseFiles = new TreeMap<>(allFiles);

  /** What the detector before the restart counted. */
  private Counters before = Counters.builder().build();

  private Detector detector = detector();
  private CompletableFuture<Rules> next = compile(0);
  private long earlierAlerts;
  private long reloads;
  private long saves;
  private long began;

  private Soak(long events) {
    if (events <= 0 || events % MULTIPLE_OF != 0) {
      throw new IllegalArgumentException(
          "soak.events " + events + " is not a multiple of " + MULTIPLE_OF);
    }
    this.events = events;
    baseFiles.values().removeIf(text -> !text.contains("@ruleset( \"base-query\" )"));
  }

  /**
   * Runs as many events as the system property {@code soak.events} says.
   *
   * @throws IllegalStateException if something grew, an alert was lost, or counts do not add up
   */
  static void run() throws IOException {
    Soak soak = new Soak(Long.getLong("soak.events", 100_000_000L));
    try {
      soak.feedAll();
    } finally {
      soak.compiler.shutdownNow();
    }
    soak.report();
  }

  private Detector detector() {
    return Detector.builder()
        .lateness(LATENESS)
        .sink(sink)
        .mostAlertsPerHour(Integer.MAX_VALUE, Integer.MAX_VALUE)
        .build();
  }

  /**
   * Every fifth rule set is compiled to classes, the others are interpreted; none is used twice.
   */
  private CompletableFuture<Rules> compile(long number) {
    return CompletableFuture.supplyAsync(
        () -> {
          RulesDirectory directory = RulesDirectory.at(RULES);
          return (number % 5 == 0 ? directory.trusted() : directory)
              .compile(number % 2 == 0 ? baseFiles : allFiles);
        },
        compiler);
  }

  private void feedAll() throws IOException {
    for (int minutes = SEQUENCES_BEFORE; minutes > 0; minutes--) {
      feed.earlier(minutes).forEach(line -> detector.accept(decoder.decode(line)));
      if (minutes % 500 == 0) {
        detector.advanceTo(SoakFeed.earlierTime(minutes));
      }
    }
    detector.advanceTo(SoakFeed.settled(0));
    earlierAlerts = detector.counters().alerts();
    sink.begin();
    Path directory = Files.createTempDirectory("soak");
    System.out.printf("%nsoak, %,d events%n%s%n", events, SoakSample.HEADING);
    began = System.nanoTime();
    try (StateDirectory state = StateDirectory.open(directory)) {
      for (long event = 0; event < events; event++) {
        if (event % SoakFeed.RELEVANT_EVERY == 0) {
          happen(event, state);
        }
        detector.accept(decoder.decode(feed.line(event)));
      }
    } finally {
      delete(directory);
    }
    sink.stall(false);
    detector.flush();
    sample(events);
    detector.advanceTo(SoakFeed.time(events).plus(Duration.ofDays(30)));
    detector.close();
  }

  /** What is due before an event. */
  private void happen(long event, StateDirectory state) throws IOException {
    detector.advanceTo(SoakFeed.settled(event));
    if (event == 0) {
      return;
    }
    if (event % EVENTS_PER_RELOAD == 0) {
      detector.reload(next.join());
      reloads++;
      next = compile(reloads);
    }
    long distance = events / STALLS;
    long passed = event % distance;
    sink.stall(passed >= distance * 2 / 5 && passed < distance * 3 / 5);
    if (isDue(event, SAMPLES)) {
      sample(event);
    }
    if (isDue(event, STALLS) && detector.counters().undelivered() == 0) {
      state.save(detector, String.valueOf(event));
      saves++;
    }
    if (isDue(event, 2)) {
      restart(event, state);
    }
  }

  /** Whether one of so many occasions, spread over the events, is at this one. */
  private boolean isDue(long event, int occasions) {
    long distance = events / occasions;
    return event % distance < SoakFeed.RELEVANT_EVERY;
  }

  /** As after a crash: the detector is not closed, and another takes up the last saved state. */
  private void restart(long event, StateDirectory state) throws IOException {
    if (detector.counters().undelivered() > 0) {
      throw new IllegalStateException("the restart is at a time when nothing has been saved");
    }
    state.save(detector, String.valueOf(event));
    before = detector.counters();
    Rules rules = detector.rules();
    detector = detector();
    detector.reload(rules);
    verdict.same("position restored", event, Long.parseLong(state.restore(detector).orElse("-1")));
    Counters restored = detector.counters();
    verdict.same("open hosts restored", before.openHosts(), restored.openHosts());
    verdict.same("open facts restored", before.openFacts(), restored.openFacts());
    verdict.same("waiting restored", before.waiting(), restored.waiting());
  }

  private void sample(long event) {
    // Otherwise the sample would contain what a compilation needs for the moment.
    next.join();
    double seconds = (System.nanoTime() - began) / 1e9;
    SoakSample last = samples.isEmpty() ? null : samples.get(samples.size() - 1);
    double rate =
        last == null
            ? event / seconds
            : (event - last.events()) / Math.max(1e-3, seconds - last.seconds());
    SoakSample sample = SoakSample.take(event, seconds, Math.round(rate), detector.counters());
    samples.add(sample);
    if (samples.size() % 10 == 1) {
      System.out.println(sample.row());
    }
  }

  private void report() throws IOException {
    Counters after = detector.counters();
    long relevant = before.relevant() + after.relevant();
    long alerts = before.alerts() + after.alerts();
    verdict.same("events", 2 * SEQUENCES_BEFORE + events, before.events() + after.events());
    verdict.same("relevant events", 2 * SEQUENCES_BEFORE + SoakFeed.relevant(events), relevant);
    verdict.same("sequences alerted", SoakFeed.sequences(events), sink.sequences());
    verdict.same("sequences alerted twice", 0, sink.repeated());
    verdict.same("alerts taken", alerts, earlierAlerts + sink.taken());
    verdict.same("alerts suppressed", 0, before.suppressed() + after.suppressed());
    verdict.same("events late", 0, before.late() + after.late());
    verdict.same("events dated in the future", 0, before.futureDated() + after.futureDated());
    verdict.same("facts dropped", 0, before.dropped() + after.dropped());
    verdict.same("rule failures", 0, before.ruleFailures() + after.ruleFailures());
    verdict.same("events repeated", 0, before.repeated() + before.duplicates());
    verdict.same("events repeated later", 0, after.repeated() + after.duplicates());
    verdict.same("hosts open at the end", 0, after.openHosts());
    verdict.same("facts open at the end", 0, after.openFacts());
    verdict.same("events waiting at the end", 0, after.waiting());
    verdict.same("alerts undelivered at the end", 0, after.undelivered());
    verdict.flat(samples);
    SoakSample last = samples.get(samples.size() - 1);
    System.out.printf(
        Locale.ROOT,
        "%n%,d events of %,d hosts in %.0f s, heap limit %,d MB%n"
            + "%,d rule reloads, %,d classes unloaded, %d saves, 1 restart%n"
            + "%,d alerts, %,d sequences of %,d; the sink refused %,d times%n"
            + "growth from the second tenth to the last: heap %.1f %%, loaded classes %.1f %%%n",
        events,
        SoakFeed.hosts(events),
        last.seconds(),
        Runtime.getRuntime().maxMemory() >> 20,
        reloads,
        last.unloaded(),
        saves,
        sink.taken(),
        sink.sequences(),
        SoakFeed.sequences(events),
        sink.refused(),
        100 * SoakVerdict.growth(samples, SoakSample::heap),
        100 * SoakVerdict.growth(samples, SoakSample::classes));
    Files.write(
        TARGET.resolve("soak.csv"),
        Stream.concat(Stream.of(SoakSample.COLUMNS), samples.stream().map(SoakSample::csv))
            .toList());
    Files.writeString(TARGET.resolve("soak.svg"), SoakPlot.of(samples));
    if (!verdict.faults().isEmpty()) {
      throw new IllegalStateException("the soak failed: " + verdict.faults());
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
