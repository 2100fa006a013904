package dev.iiswarden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.BaseRules;
import dev.iiswarden.testing.EqlModel;
import dev.iiswarden.testing.ExpectedAlert;
import dev.iiswarden.testing.Sample;
import dev.iiswarden.testing.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The detector raises the alerts of an independent model, whatever the stream. */
class StreamProperties {
  private static final Duration LATENESS = Duration.ofMinutes(15);
  private static final Rules RULES = Rules.baseQuery();
  private static final Rules SAME_RULES = BaseRules.loaded();
  private static final EventDecoder DECODER = EventDecoders.ecs();

  @Provide
  Arbitrary<List<Sample>> inOrder() {
    return Samples.inOrder();
  }

  @Provide
  Arbitrary<List<Sample>> outOfOrder() {
    return Samples.outOfOrder(LATENESS);
  }

  @Property(tries = 2000)
  void streamInOrderNeedsNoLateness(@ForAll("inOrder") List<Sample> stream) {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = detector(Duration.ZERO, sink)) {
      stream.forEach(sample -> accept(detector, sample));
    }
    assertEquals(expected(stream), raised(sink));
  }

  @Property(tries = 2000)
  void arrivalWithinTheLatenessDoesNotMatter(@ForAll("outOfOrder") List<Sample> stream) {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = detector(LATENESS, sink)) {
      stream.forEach(sample -> accept(detector, sample));
      assertEquals(0, detector.counters().late());
    }
    assertEquals(expected(stream), raised(sink));
    assertEquals(incidents(stream), incidents(sink));
  }

  @Property(tries = 300)
  void hostsMayComeFromDifferentThreads(@ForAll("outOfOrder") List<Sample> stream) {
    InMemorySink sink = new InMemorySink();
    Map<String, List<Sample>> byHost =
        stream.stream().collect(Collectors.groupingBy(sample -> Objects.toString(sample.host())));
    try (Detector detector = detector(LATENESS, sink)) {
      List<Thread> threads =
          byHost.values().stream()
              .map(samples -> new Thread(() -> samples.forEach(next -> accept(detector, next))))
              .toList();
      threads.forEach(Thread::start);
      threads.forEach(StreamProperties::join);
    }
    assertEquals(expected(stream), raised(sink));
    assertEquals(incidents(stream), incidents(sink));
  }

  @Property(tries = 500)
  void restartsAndReloadsDoNotMatter(
      @ForAll("outOfOrder") List<Sample> stream, @ForAll Random random) throws IOException {
    InMemorySink sink = new InMemorySink();
    Detector detector = detector(LATENESS, sink);
    try {
      for (Sample sample : stream) {
        accept(detector, sample);
        if (random.nextInt(4) == 0) {
          detector.reload(random.nextBoolean() ? RULES : SAME_RULES);
        }
        if (random.nextInt(4) == 0) {
          // Let go of without being closed, as when its process is killed.
          ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
          detector.snapshot(snapshot);
          detector = detector(LATENESS, sink);
          detector.restore(new ByteArrayInputStream(snapshot.toByteArray()));
        }
      }
    } finally {
      detector.close();
    }
    assertEquals(expected(stream), raised(sink));
    assertEquals(incidents(stream), incidents(sink));
  }

  @Property(tries = 500)
  void recordsReadTwiceDoNotMatter(@ForAll("outOfOrder") List<Sample> stream, @ForAll Random random)
      throws IOException {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    for (int i = 0; i < stream.size(); i++) {
      Map<String, @Nullable Object> record = new LinkedHashMap<>(stream.get(i).document());
      record.put("winlog.channel", "Security");
      record.put("winlog.record_id", i);
      records.add(record);
    }
    List<Map<String, @Nullable Object>> resent = new ArrayList<>(records);
    for (int i = 0; i < records.size(); i++) {
      // A record without a host is never taken for a repetition.
      int most = stream.get(i).host() == null ? 1 : 3;
      for (int copies = random.nextInt(most); copies > 0; copies--) {
        int original = resent.indexOf(records.get(i));
        int behind = original + 1 + random.nextInt(resent.size() - original);
        resent.add(behind, new LinkedHashMap<>(records.get(i)));
      }
    }
    InMemorySink sink = new InMemorySink();
    Detector detector = detector(LATENESS, sink);
    try {
      for (Map<String, @Nullable Object> record : resent) {
        detector.accept(DECODER.decode(record));
        if (random.nextInt(8) == 0) {
          ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
          detector.snapshot(snapshot);
          detector = detector(LATENESS, sink);
          detector.restore(new ByteArrayInputStream(snapshot.toByteArray()));
        }
      }
    } finally {
      detector.close();
    }
    assertEquals(expected(stream), raised(sink));
  }

  /** All at once: threads by host, and restarts and reloads wherever these happen to be. */
  @Property(tries = 150)
  void threadsRestartsAndReloadsTogetherDoNotMatter(
      @ForAll("outOfOrder") List<Sample> stream, @ForAll Random random) throws IOException {
    InMemorySink sink = new InMemorySink();
    int threads = 1 + random.nextInt(4);
    Detector detector = detector(LATENESS, sink);
    try {
      for (int from = 0; from < stream.size(); ) {
        int to = from + 1 + random.nextInt(stream.size() - from);
        feed(detector, stream.subList(from, to), threads, random.nextInt(3));
        from = to;
        ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
        detector.snapshot(snapshot);
        detector = detector(LATENESS, sink);
        detector.restore(new ByteArrayInputStream(snapshot.toByteArray()));
      }
    } finally {
      detector.close();
    }
    assertEquals(expected(stream), raised(sink));
    assertEquals(incidents(stream), incidents(sink));
    assertEquals(ids(stream), ids(sink));
  }

  /** Each host's events come from one of some threads, while another one reloads the rules. */
  private static void feed(Detector detector, List<Sample> stream, int threads, int reloads) {
    Map<Integer, List<Sample>> shares =
        stream.stream()
            .collect(
                Collectors.groupingBy(
                    sample -> Math.floorMod(Objects.hashCode(sample.host()), threads)));
    List<Thread> feeds =
        Stream.concat(
                shares.values().stream()
                    .map(share -> new Thread(() -> share.forEach(next -> accept(detector, next)))),
                Stream.of(
                    new Thread(
                        () -> {
                          for (int i = 0; i < reloads; i++) {
                            detector.reload(i % 2 == 0 ? SAME_RULES : RULES);
                          }
                        })))
            .toList();
    feeds.forEach(Thread::start);
    feeds.forEach(StreamProperties::join);
  }

  /** The ids of the alerts that the stream gives when it comes in order and nothing happens. */
  private static List<String> ids(List<Sample> stream) {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = detector(Duration.ZERO, sink)) {
      Samples.sorted(stream).forEach(sample -> accept(detector, sample));
    }
    return ids(sink);
  }

  /** The alerts and their incidents when the stream comes in order and nothing happens. */
  private static List<String> incidents(List<Sample> stream) {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = detector(LATENESS, sink)) {
      Samples.sorted(stream).forEach(sample -> accept(detector, sample));
    }
    return incidents(sink);
  }

  private static List<String> incidents(InMemorySink sink) {
    return sink.alerts().stream()
        .map(alert -> alert.id() + " " + alert.incident())
        .sorted()
        .toList();
  }

  private static List<String> ids(InMemorySink sink) {
    return sink.alerts().stream().map(Alert::id).sorted().toList();
  }

  @Property(tries = 300)
  void hostsMayBeSplitAmongDetectors(@ForAll("outOfOrder") List<Sample> stream) {
    InMemorySink sink = new InMemorySink();
    try (Detector one = detector(LATENESS, sink);
        Detector other = detector(LATENESS, sink)) {
      for (Sample sample : stream) {
        accept(Objects.equals(sample.host(), "A") ? one : other, sample);
      }
    }
    assertEquals(expected(stream), raised(sink));
    assertEquals(incidents(stream), incidents(sink));
  }

  @Property(tries = 300)
  void nothingIsHeldAfterTheSpanHasPassedOnEveryHost(@ForAll("outOfOrder") List<Sample> stream) {
    try (Detector detector = detector(LATENESS, alert -> {})) {
      stream.forEach(sample -> accept(detector, sample));
      for (String host : List.of("A", "a", "B")) {
        accept(detector, Samples.ordinary(host, Duration.ofDays(3_000)));
        accept(detector, Samples.ordinary(host, Duration.ofDays(3_000).plusSeconds(1)));
      }
      Counters counters = detector.counters();
      assertEquals(0, counters.openHosts());
      assertEquals(0, counters.openFacts());
      assertEquals(0, counters.waiting());
    }
  }

  @Property(tries = 500)
  void lateEventsAreJudgedAndCounted(@ForAll("outOfOrder") List<Sample> stream) {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = detector(Duration.ofSeconds(1), sink)) {
      stream.forEach(sample -> accept(detector, sample));
    }
    assertEquals(ofSingleEvents(expected(stream)), ofSingleEvents(raised(sink)));
  }

  private static Detector detector(Duration lateness, AlertSink sink) {
    return Detector.builder()
        .rules(RULES)
        .lateness(lateness)
        .mostAhead(Duration.ofDays(10_000), InstantSource.system())
        .sink(sink)
        .build();
  }

  private static void accept(Detector detector, Sample sample) {
    detector.accept(DECODER.decode(sample.document()));
  }

  private static Map<String, Long> expected(List<Sample> stream) {
    return ExpectedAlert.multiset(EqlModel.alerts(stream));
  }

  private static Map<String, Long> raised(InMemorySink sink) {
    return ExpectedAlert.multiset(sink.alerts().stream().map(ExpectedAlert::of).toList());
  }

  private static Map<String, Long> ofSingleEvents(Map<String, Long> alerts) {
    Map<String, Long> some = new TreeMap<>(alerts);
    some.keySet().removeIf(alert -> !alert.contains("w3wp-module-load"));
    return some;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
