package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.HostStore;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.LogRecordId;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.IisEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task of the topology: silent hosts, partitions that are behind others, and restarts. */
class DetectProcessorTest {
  private static final Rules RULES = Rules.bundled();
  private static final Duration LATENESS = Duration.ofSeconds(35);
  private static final Instant START = IisEvents.START;

  @TempDir private Path directory;

  private MockProcessorContext<String, Alert> context = new MockProcessorContext<>();
  private KeyValueStore<String, byte[]> store = newStore();
  private DetectProcessor task = newTask();
  private long offset;

  private static KeyValueStore<String, byte[]> newStore() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore("hosts"), Serdes.String(), Serdes.ByteArray())
        .withLoggingDisabled()
        .build();
  }

  private static DetectProcessor newTask() {
    return new DetectProcessor(
        "hosts",
        RuleSource.of(RULES, Allowlist.empty()),
        LATENESS,
        Duration.ofDays(10_000),
        null,
        0);
  }

  @BeforeEach
  void begin() {
    Properties properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "nowhere:1");
    context = new MockProcessorContext<>(properties, new TaskId(1, 0), directory.toFile());
    store = newStore();
    store.init(context.getStateStoreContext(), store);
    task = newTask();
    task.init(context);
  }

  private void restart() {
    task.close();
    task = newTask();
    task.init(context);
  }

  /** Restarts the task as Kafka Streams does: it initialises the same processor once more. */
  private void beginAnew() {
    task.close();
    task.init(context);
  }

  private void facts(Event event) {
    facts(event, event.getTimestamp());
  }

  private void facts(Event event, Instant timestamp) {
    String key = String.valueOf(event.getHost().getCorrelationKey());
    offset++;
    context.setRecordMetadata("hosts", 0, offset);
    task.process(
        new Record<>(
            key,
            new HostRecord.Facts(
                List.of(event.placed(0, Long.MIN_VALUE)), LogRecordId.digest(event)),
            timestamp.toEpochMilli()));
  }

  private void progress(String origin, Instant time) {
    task.process(
        new Record<>(
            "", new HostRecord.Progress(origin, time.toEpochMilli()), time.toEpochMilli()));
  }

  private List<String> said() {
    return context.forwarded().stream()
        .map(forwarded -> forwarded.record().value().rule().id())
        .filter(id -> id.equals("registry-then-file"))
        .toList();
  }

  private List<String> ids() {
    return context.forwarded().stream()
        .map(forwarded -> forwarded.record().value().id())
        .sorted()
        .toList();
  }

  @Test
  void aHostIsSilentWhenAllPartitionsHaveGoneOn() {
    progress("0_0", START);
    progress("0_1", START);
    facts(IisEvents.registration("1", "WEB01", START));
    facts(IisEvents.drop("2", "WEB01", START.plusSeconds(10)));
    progress("0_0", START.plus(Duration.ofHours(3)));
    assertEquals(List.of(), said());
    progress("0_1", START.plusSeconds(30));
    assertEquals(List.of(), said());
    progress("0_1", START.plusSeconds(60));
    assertEquals(List.of("registry-then-file"), said());
  }

  @Test
  void aPartitionThatIsBehindLosesNothing() {
    progress("0_0", START);
    progress("0_1", START);
    facts(IisEvents.registration("1", "WEB01", START));
    progress("0_0", START.plus(Duration.ofDays(3)));
    facts(IisEvents.drop("2", "WEB01", START.plus(Duration.ofMinutes(50))));
    progress("0_1", START.plus(Duration.ofDays(4)));
    assertEquals(List.of("registry-then-file"), said());
  }

  @Test
  void aHostsRecordsMayComeByPartitionsOneFarAheadOfTheOther() {
    progress("0_0", START);
    progress("0_1", START);
    Instant later = START.plus(Duration.ofHours(5));
    facts(IisEvents.drop("2", "WEB01", START.plusSeconds(600)));
    facts(IisEvents.ordinary("WEB01", later));
    facts(IisEvents.load("3", "WEB01", later));
    progress("0_0", later.plusSeconds(60));
    facts(IisEvents.registration("1", "WEB01", START.plusSeconds(60)));
    assertEquals(List.of(), said());
    restart();
    progress("0_1", later.plusSeconds(60));
    assertEquals(List.of("registry-then-file"), said());
  }

  @Test
  void aHostThatTheTaskFoundInTheStoreIsSilentToo() {
    progress("0_0", START);
    facts(IisEvents.registration("1", "WEB01", START));
    facts(IisEvents.drop("2", "WEB01", START.plusSeconds(10)));
    restart();
    progress("0_0", START.plusSeconds(60));
    assertEquals(List.of("registry-then-file"), said());
  }

  @Test
  void aTaskThatBeginsAnewForgetsWhatWasNotCommitted() {
    progress("0_0", START);
    facts(IisEvents.registration("1", "WEB01", START));
    progress("0_0", START.plusSeconds(10));
    List<String> keys = new ArrayList<>();
    try (var entries = store.range("web01", "web02")) {
      entries.forEachRemaining(entry -> keys.add(entry.key));
    }
    assertEquals(2, keys.size(), keys::toString);
    keys.forEach(store::delete);
    store.delete("\u0000heard/web01");
    beginAnew();
    facts(IisEvents.drop("2", "WEB01", START.plusSeconds(20)));
    progress("0_0", START.plusSeconds(120));
    assertEquals(List.of(), said());
  }

  @Test
  void theStoreIsEmptyWhenAllIsOver() {
    progress("0_0", START);
    for (int host = 0; host < 50; host++) {
      facts(IisEvents.registration("1", "WEB" + host, START));
    }
    restart();
    // Of each host the index, the clock and the waiting record, besides the progress of the input.
    assertEquals(1 + 50 * 3, store.approximateNumEntries());
    progress("0_0", START.plus(Duration.ofDays(3)));
    List<String> left = new ArrayList<>();
    try (var entries = store.all()) {
      entries.forEachRemaining(entry -> left.add(entry.key));
    }
    left.removeIf(key -> key.startsWith(HostStore.DELIVERY));
    assertEquals(List.of("\u0000progress/0_0"), left);
  }

  @RepeatedTest(10)
  void restartsChangeNothing(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Event> stream = stream(random);
    InMemorySink undisturbed = new InMemorySink();
    try (Detector detector =
        Detector.builder().rules(RULES).lateness(LATENESS).sink(undisturbed).build()) {
      stream.forEach(detector::accept);
    }
    progress("0_0", START);
    for (Event event : stream) {
      if (random.nextInt(10) == 0) {
        restart();
      } else if (random.nextInt(10) == 0) {
        beginAnew();
      }
      facts(event);
    }
    restart();
    progress("0_0", START.plus(Duration.ofDays(30)));
    assertTrue(undisturbed.alerts().size() > 10);
    assertEquals(undisturbed.alerts().stream().map(Alert::id).sorted().toList(), ids());
  }

  /** Events in order of arrival, each out of order by less than the lateness. */
  private static List<Event> stream(Random random) {
    record Arriving(Event event, Instant arrival) {}
    List<Arriving> all = new ArrayList<>();
    Instant time = START;
    for (int i = 0; i < 300; i++) {
      time = time.plusMillis(random.nextInt(600_000));
      String host = "WEB" + random.nextInt(5);
      String id = Integer.toString(i);
      Event event =
          switch (random.nextInt(4)) {
            case 0 -> IisEvents.registration(id, host, time);
            case 1 -> IisEvents.drop(id, host, time);
            case 2 -> IisEvents.load(id, host, time);
            default -> IisEvents.ordinary(host, time);
          };
      all.add(new Arriving(event, time.plusMillis(random.nextInt(30_000))));
    }
    all.sort(Comparator.comparing(Arriving::arrival));
    return all.stream().map(Arriving::event).toList();
  }
}
