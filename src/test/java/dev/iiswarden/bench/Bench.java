package dev.iiswarden.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.iiswarden.Detector;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.engine.GateProbe;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.OrdinaryEvents;
import dev.iiswarden.testing.PlainConditions;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.HdrHistogram.Histogram;

/**
 * Measures what the detector costs, on one thread but where it says two, always against something
 * that runs beside it: the candidates of a table take turns, round after round, and each figure is
 * the median of its rounds. Ratios are what to read; the absolute figures are this machine's.
 */
public final class Bench {
  private static final int ROUNDS = 9;
  private static final int WARM_UP_ROUNDS = 4;
  private static final long ROUND_NANOS = 400_000_000L;
  private static final JsonFactory JSON = new JsonFactory();
  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

  private Bench() {}

  /**
   * Runs everything, or the part that the system property {@code bench.only} names, and prints it.
   * The arguments name logs, plain or .gz, to decode as well.
   */
  public static void main(String[] args) throws IOException {
    if (System.getProperty("bench.only", "").equals("soak")) {
      // Takes too long to be a part of everything.
      Soak.run();
      return;
    }
    run("objects", Bench::objects);
    run("rules", () -> rules(args));
    run("relevant", Bench::relevant);
    run("threads", Bench::threads);
    run(
        "latency",
        () -> {
          latency(0);
          latency(100);
        });
    run("lines", () -> lines(args));
    run("evtx", EvtxBench::run);
    run("heap", Bench::heap);
    run(
        "hosts",
        () -> {
          hosts("base query", Rules.baseQuery(), 1_000);
          hosts("base query", Rules.baseQuery(), 100_000);
          hosts("all rules", Rules.bundled(), 1_000);
          hosts("all rules", Rules.bundled(), 100_000);
        });
    run("interpreter", Bench::interpreter);
    run("kafka", KafkaBench::runThroughput);
    run("restore", KafkaBench::runRestore);
  }

  private static void run(String name, Part part) throws IOException {
    String only = System.getProperty("bench.only", "");
    if (only.isEmpty() || only.equals(name)) {
      part.run();
    }
  }

  /** A part of the benchmark. */
  private interface Part {
    void run() throws IOException;
  }

  private static void lines(String[] logs) throws IOException {
    lines("made-up Sysmon lines", OrdinaryEvents.sysmonLines(20_000, 100));
    xml("made-up Sysmon events as XML", OrdinaryEvents.xmlLines(20_000, 100));
    for (String log : logs) {
      if (Files.exists(Path.of(log))) {
        lines(log, read(Path.of(log)));
      } else {
        System.out.printf("%n%s is not here: left out%n", log);
      }
    }
  }

  private static void objects() {
    List<Event> events = OrdinaryEvents.facts(4_096, 100);
    GateProbe gate = new GateProbe(Rules.bundled());
    try (Detector atRest = Detector.builder().rules(Rules.baseQuery()).build();
        Detector open = Detector.builder().rules(Rules.baseQuery()).build();
        Detector oneHost =
            Detector.builder().rules(Rules.baseQuery()).lateness(Duration.ZERO).build()) {
      Instant start = events.get(0).getTimestamp();
      for (int host = 0; host < 100; host++) {
        open.accept(registration("HOST-" + host + ".corp.example", start));
        open.accept(unrelated("HOST-" + host + ".corp.example", start.plusSeconds(60)));
      }
      print(
          "ordinary events as objects, refused",
          events.size(),
          new Candidate("hand-written Java", () -> count(events, PlainConditions::any)),
          new Candidate("gate, all rules", () -> count(events, gate::admits)),
          new Candidate("detector, no host open", () -> accept(atRest, events)),
          new Candidate("detector, every host open", () -> accept(open, events)),
          new Candidate("detector, no lateness", () -> accept(oneHost, events)));
    }
  }

  /** What interpreted rules cost beside the same rules compiled. */
  private static void interpreter() throws IOException {
    List<Event> events = OrdinaryEvents.facts(4_096, 100);
    GateProbe gate = new GateProbe(Rules.bundled());
    GateProbe interpretedGate = new GateProbe(Rules.fromDirectory(Path.of("rules-drl")));
    try (Detector compiled = Detector.builder().rules(Rules.bundled()).build();
        Detector interpreted =
            Detector.builder().rules(Rules.fromDirectory(Path.of("rules-drl"))).build()) {
      print(
          "compiled and interpreted rules, on ordinary events as objects",
          events.size(),
          new Candidate("detector, compiled", () -> accept(compiled, events)),
          new Candidate("detector, interpreted", () -> accept(interpreted, events)),
          new Candidate("gate, compiled", () -> count(events, gate::admits)),
          new Candidate("gate, interpreted", () -> count(events, interpretedGate::admits)));
    }
    InterpreterBench.run();
  }

  /** What the rules beyond the base query cost. */
  private static void rules(String[] logs) throws IOException {
    List<Event> events = OrdinaryEvents.facts(4_096, 100);
    try (Detector base = Detector.builder().rules(Rules.baseQuery()).build();
        Detector all = Detector.builder().build()) {
      print(
          "rules, on ordinary events as objects",
          events.size(),
          new Candidate("base query", () -> accept(base, events)),
          new Candidate("all rules", () -> accept(all, events)));
    }
    rules("rules, on made-up Sysmon lines", OrdinaryEvents.sysmonLines(20_000, 100));
    for (String log : logs) {
      if (Files.exists(Path.of(log))) {
        rules("rules, on " + log, read(Path.of(log)));
      }
    }
  }

  private static void rules(String title, List<byte[]> lines) {
    EventDecoder decoder = EventDecoders.auto();
    try (Detector base = Detector.builder().rules(Rules.baseQuery()).build();
        Detector all = Detector.builder().build()) {
      print(
          title,
          lines.size(),
          new Candidate("base query", () -> detect(base, decoder, lines)),
          new Candidate("all rules", () -> detect(all, decoder, lines)));
    }
  }

  /** Events for one pass of a detector that is new each time, so that time only goes forward. */
  private static final int PASS = 200_000;

  private static void relevant() {
    List<Event> none = stream(0);
    List<Event> few = stream(10_000);
    List<Event> many = stream(10);
    Duration lateness = Duration.ofSeconds(30);
    print(
        "streams with events some rule is interested in, on 100 hosts",
        PASS,
        new Candidate("none", () -> pass(none, Duration.ZERO)),
        new Candidate("0.01 %, no lateness", () -> pass(few, Duration.ZERO)),
        new Candidate("0.01 %, 30 s of lateness", () -> pass(few, lateness)),
        new Candidate("10 %, no lateness", () -> pass(many, Duration.ZERO)),
        new Candidate("10 %, 30 s of lateness", () -> pass(many, lateness)));
  }

  /**
   * A stream over a hundred hosts, a millisecond from event to event.
   *
   * @param every one of so many is a DLL that appears in an IIS folder; 0 for none
   */
  private static List<Event> stream(int every) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    List<Event> events = new ArrayList<>(PASS);
    for (int i = 0; i < PASS; i++) {
      String host = "HOST-" + i % 101 + ".corp.example";
      Instant time = start.plusMillis(i);
      events.add(every != 0 && i % every == 0 ? drop(host, time) : unrelated(host, time));
    }
    return events;
  }

  private static long pass(List<Event> events, Duration lateness) {
    try (Detector detector =
        Detector.builder().rules(Rules.baseQuery()).lateness(lateness).build()) {
      return accept(detector, events);
    }
  }

  /** Two threads, each with hosts of its own, do twice the work of one in how much more time? */
  private static void threads() {
    List<Event> events = OrdinaryEvents.facts(4_096, 100);
    List<List<Event>> halves = List.of(new ArrayList<>(), new ArrayList<>());
    for (Event event : events) {
      halves.get(Math.floorMod(String.valueOf(event.getHost().getName()).hashCode(), 2)).add(event);
    }
    int times = 200;
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      print(
          "ordinary events as objects, from threads, "
              + Runtime.getRuntime().availableProcessors()
              + " processors",
          times * events.size(),
          new Candidate(
              "one thread", () -> together(times, List.of(events), e -> accept(detector, e))),
          new Candidate("two threads", () -> together(times, halves, e -> accept(detector, e))),
          new Candidate(
              "two threads, no detector",
              () -> together(times, halves, e -> count(e, PlainConditions::any))),
          new Candidate(
              "one thread, no detector",
              () -> together(times, List.of(events), e -> count(e, PlainConditions::any))));
    }
  }

  private static long together(int times, List<List<Event>> shares, Consumer<List<Event>> work) {
    List<Thread> threads = new ArrayList<>();
    for (List<Event> share : shares) {
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < times; i++) {
                  work.accept(share);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return times;
  }

  /** How long {@code accept} takes when 100,000 events a second come at even distances. */
  private static void latency(int every) {
    int seconds = 5;
    int rate = 100_000;
    List<Event> events = stream(every);
    Histogram taken = new Histogram(3);
    Histogram empty = new Histogram(3);
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      long start = 0;
      for (int i = -PASS; i < rate * seconds; i++) {
        if (i == 0) {
          start = System.nanoTime();
        }
        Event event = events.get(Math.floorMod(i, PASS));
        // A drop that came before is late, and judged at once; the stream goes on instead.
        Event next =
            event.judgedAs(event.getTimestamp().plusMillis(PASS * (long) Math.floorDiv(i, PASS)));
        long due = start + i * (1_000_000_000L / rate);
        while (i > 0 && System.nanoTime() < due) {
          Thread.onSpinWait();
        }
        long before = System.nanoTime();
        long began = System.nanoTime();
        detector.accept(next);
        long ended = System.nanoTime();
        if (i >= 0) {
          empty.recordValue(began - before);
          taken.recordValue(ended - began);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%naccept, 100,000 events/s, %s of interest%n%s%s",
        every == 0 ? "none" : "one in " + every,
        percentiles("accept", taken),
        percentiles("nothing, measured beside it", empty));
  }

  private static String percentiles(String name, Histogram histogram) {
    return String.format(
        Locale.ROOT,
        "  %-28s p50 %.1f us, p99 %.1f us, p99.9 %.1f us, most %.0f us%n",
        name,
        histogram.getValueAtPercentile(50) / 1e3,
        histogram.getValueAtPercentile(99) / 1e3,
        histogram.getValueAtPercentile(99.9) / 1e3,
        histogram.getMaxValue() / 1e3);
  }

  private static void lines(String title, List<byte[]> lines) {
    EventDecoder decoder = EventDecoders.auto();
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      long bytes = lines.stream().mapToLong(line -> line.length).sum();
      print(
          title + String.format(Locale.ROOT, ", %,d bytes a line", bytes / lines.size()),
          lines.size(),
          new Candidate("Jackson tokenising alone", () -> tokenise(lines)),
          new Candidate("decoding", () -> decode(decoder, lines)),
          new Candidate("decoding and detection", () -> detect(detector, decoder, lines)));
    }
  }

  private static void xml(String title, List<byte[]> records) {
    EventDecoder decoder = EventDecoders.auto();
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      long bytes = records.stream().mapToLong(record -> record.length).sum();
      print(
          title + String.format(Locale.ROOT, ", %,d bytes a record", bytes / records.size()),
          records.size(),
          new Candidate("StAX of the JDK alone", () -> stax(records)),
          new Candidate("decoding", () -> decode(decoder, records)),
          new Candidate("decoding and detection", () -> detect(detector, decoder, records)));
    }
  }

  private static long stax(List<byte[]> records) {
    long events = 0;
    for (byte[] record : records) {
      try {
        XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(record));
        while (reader.hasNext()) {
          reader.next();
          events++;
        }
        reader.close();
      } catch (XMLStreamException e) {
        throw new IllegalStateException(e);
      }
    }
    return events;
  }

  private static void heap() {
    List<Event> events = OrdinaryEvents.facts(4_096, 100);
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      long seen = feed(detector, events, 100_000);
      long early = usedHeap();
      seen += feed(detector, events, 10_000_000 - seen);
      long late = usedHeap();
      System.out.printf(
          Locale.ROOT,
          "%nheap in use: %.1f MB after 100,000 ordinary events, %.1f MB after %,d%n",
          early / 1e6,
          late / 1e6,
          seen);
    }
  }

  /** Hosts with one open event each: what they take, how soon they speak, and that they let go. */
  private static void hosts(String name, Rules rules, int count) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    List<Event> registrations = new ArrayList<>(count);
    for (int host = 0; host < count; host++) {
      registrations.add(registration("HOST-" + host + ".corp.example", start));
    }
    try (Detector detector = Detector.builder().rules(rules).lateness(Duration.ZERO).build()) {
      long before = usedHeap();
      accept(detector, registrations);
      long open = usedHeap();
      // Most hosts have no session by now; each is asked once, when it is cold.
      List<Event> drops = new ArrayList<>();
      for (int host = 0; host < Math.min(count / 10, 10_000); host++) {
        drops.add(drop("HOST-" + host + ".corp.example", start.plusSeconds(60)));
      }
      long began = System.nanoTime();
      accept(detector, drops);
      double micros = (System.nanoTime() - began) / 1e3 / drops.size();
      long alerts = detector.counters().alerts();
      for (int host = 0; host < count; host++) {
        detector.accept(unrelated("HOST-" + host + ".corp.example", start.plusSeconds(90_000)));
      }
      long after = usedHeap();
      System.out.printf(
          Locale.ROOT,
          "%n%s, %,d hosts with one open event each: %,d bytes a host%n"
              + "  %,d of them, cold, judged a relevant event in %.1f us each, with %,d alerts%n"
              + "  %,d hosts are open when all has expired, and %.1f MB more than before are in use%n",
          name,
          count,
          (open - before) / count,
          drops.size(),
          micros,
          alerts,
          detector.counters().openHosts(),
          (after - before) / 1e6);
    } finally {
      // The events are the bench's own, before and after.
      Reference.reachabilityFence(registrations);
    }
  }

  private static long feed(Detector detector, List<Event> events, long atLeast) {
    long fed = 0;
    while (fed < atLeast) {
      fed += accept(detector, events);
    }
    return fed;
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static Event registration(String host, Instant time) {
    return RegistryEvent.builder()
        .timestamp(time)
        .computerName(host)
        .type("change")
        .path("HKLM\\SYSTEM\\CurrentControlSet\\Services\\W3SVC\\Parameters\\FilterDLLs")
        .value("FilterDLLs")
        .dataStrings("C:\\inetpub\\filter.dll")
        .build();
  }

  private static Event drop(String host, Instant time) {
    return FileEvent.builder()
        .timestamp(time)
        .computerName(host)
        .type("creation")
        .path("C:\\inetpub\\filter.dll")
        .extension("dll")
        .build();
  }

  private static Event unrelated(String host, Instant time) {
    return FileEvent.builder().timestamp(time).computerName(host).build();
  }

  private static long count(List<Event> events, Predicate<Event> condition) {
    long found = 0;
    for (Event event : events) {
      if (condition.test(event)) {
        found++;
      }
    }
    return found;
  }

  private static long accept(Detector detector, List<Event> events) {
    for (Event event : events) {
      detector.accept(event);
    }
    return events.size();
  }

  private static long tokenise(List<byte[]> lines) {
    long tokens = 0;
    for (byte[] line : lines) {
      try (JsonParser parser = JSON.createParser(line)) {
        while (parser.nextToken() != null) {
          tokens++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return tokens;
  }

  private static long decode(EventDecoder decoder, List<byte[]> lines) {
    long facts = 0;
    for (byte[] line : lines) {
      facts += decoder.decode(line).events().size();
    }
    return facts;
  }

  private static long detect(Detector detector, EventDecoder decoder, List<byte[]> lines) {
    for (byte[] line : lines) {
      detector.accept(decoder.decode(line));
    }
    return lines.size();
  }

  private static List<byte[]> read(Path file) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw,
                    StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return lines;
  }

  /** One way of doing the same work; the task goes over all events once. */
  private record Candidate(String name, LongSupplier task) {}

  private static void print(String title, int events, Candidate... candidates) {
    double[][] nanosPerEvent = new double[candidates.length][ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (int i = 0; i < candidates.length; i++) {
        double nanos = time(candidates[i], events);
        if (round >= 0) {
          nanosPerEvent[i][round] = nanos;
        }
      }
    }
    System.out.printf("%n%s%n", title);
    for (int i = 0; i < candidates.length; i++) {
      System.out.printf(
          Locale.ROOT,
          "  %-28s %,12.0f events/s   takes %.2f times as long as the first%n",
          candidates[i].name(),
          1e9 / median(nanosPerEvent[i]),
          median(ratios(nanosPerEvent[i], nanosPerEvent[0])));
    }
  }

  private static double time(Candidate candidate, int events) {
    long start = System.nanoTime();
    long done = 0;
    long elapsed;
    do {
      // Looked at, so that no compiler can leave the work out.
      if (candidate.task().getAsLong() < 0) {
        throw new IllegalStateException(candidate.name() + " counted below zero");
      }
      done += events;
      elapsed = System.nanoTime() - start;
    } while (elapsed < ROUND_NANOS);
    return (double) elapsed / done;
  }

  private static double[] ratios(double[] values, double[] bases) {
    double[] ratios = new double[values.length];
    Arrays.setAll(ratios, i -> values[i] / bases[i]);
    return ratios;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
