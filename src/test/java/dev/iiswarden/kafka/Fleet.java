package dev.iiswarden.kafka;

import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of the topology that read several input partitions and detect together, by a wall clock
 * that a test sets.
 */
final class Fleet {
  private static final Rules RULES = Rules.bundled();
  private static final Duration LONGEST_STEP = Duration.ofSeconds(1);
  private static final HostRecordSerde SERDE = new HostRecordSerde();

  private final List<Decoding> decoding = new ArrayList<>();
  private final MockProcessorContext<String, Alert> detecting;
  private final DetectProcessor detector;
  private Instant now;
  private long offset;

  /** A task that decodes one partition. */
  private record Decoding(
      DecodeProcessor<Event> task,
      MockProcessorContext<String, HostRecord> context,
      Map<CapturedPunctuator, Instant> due) {}

  /**
   * Starts a fleet.
   *
   * @param now what the wall clock shows at first
   * @param datedByBrokers whether the input has LogAppendTime
   */
  Fleet(Path state, Instant now, int partitions, boolean datedByBrokers) {
    this.now = now;
    RuleSource rules = RuleSource.of(RULES, Allowlist.empty());
    Duration mostAhead = DetectorBuilder.DEFAULT_MOST_AHEAD;
    for (int partition = 0; partition < partitions; partition++) {
      MockProcessorContext<String, HostRecord> context =
          new MockProcessorContext<>(properties(), new TaskId(0, partition), state.toFile());
      context.setCurrentSystemTimeMs(now.toEpochMilli());
      DecodeProcessor<Event> task =
          new DecodeProcessor<>(
              event -> List.of(Decoded.of(event)),
              event -> new byte[0],
              rules,
              mostAhead,
              Duration.ofMinutes(1),
              datedByBrokers,
              lost -> {});
      task.init(context);
      Map<CapturedPunctuator, Instant> due = new HashMap<>();
      for (CapturedPunctuator punctuator : context.scheduledPunctuators()) {
        due.put(punctuator, now.plus(punctuator.getInterval()));
      }
      decoding.add(new Decoding(task, context, due));
    }
    detecting = new MockProcessorContext<>(properties(), new TaskId(1, 0), state.toFile());
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("hosts"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(detecting.getStateStoreContext(), store);
    detector =
        new DetectProcessor(
            "hosts", rules, DetectorBuilder.DEFAULT_LATENESS, mostAhead, null, partitions);
    detector.init(detecting);
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "nowhere:1");
    return properties;
  }

  /** A record is read whose timestamp is the event's own time. */
  void read(int partition, Event event) {
    read(partition, event, event.getTimestamp());
  }

  /** A record is read. */
  void read(int partition, @Nullable Event event, Instant timestamp) {
    Decoding task = decoding.get(partition);
    task.context().setRecordMetadata("in", partition, offset);
    task.task().process(new Record<>("key", event, timestamp.toEpochMilli()));
    passOn(task);
  }

  private void passOn(Decoding task) {
    for (CapturedForward<? extends String, ? extends HostRecord> one : task.context().forwarded()) {
      Record<? extends String, ? extends HostRecord> record = one.record();
      offset++;
      detecting.setRecordMetadata("hosts", 0, offset);
      byte[] bytes = SERDE.serializer().serialize("hosts", record.value());
      HostRecord read = SERDE.deserializer().deserialize("hosts", bytes);
      detector.process(new Record<>(record.key(), read, record.timestamp()));
    }
    task.context().resetForwards();
  }

  /** The wall clock goes on, and all tasks are running. */
  void passTime(Duration span) {
    Instant end = now.plus(span);
    while (now.isBefore(end)) {
      now = now.plus(LONGEST_STEP).isBefore(end) ? now.plus(LONGEST_STEP) : end;
      punctuate();
    }
  }

  /** The wall clock goes on, and no task is running. */
  void stopFor(Duration span) {
    now = now.plus(span);
    punctuate();
  }

  private void punctuate() {
    for (Decoding task : decoding) {
      task.context().setCurrentSystemTimeMs(now.toEpochMilli());
      task.due()
          .replaceAll(
              (punctuator, at) -> {
                if (at.isAfter(now) || punctuator.getType() != PunctuationType.WALL_CLOCK_TIME) {
                  return at;
                }
                punctuator.getPunctuator().punctuate(now.toEpochMilli());
                return now.plus(punctuator.getInterval());
              });
      passOn(task);
    }
  }

  /** What the wall clock shows. */
  Instant now() {
    return now;
  }

  /** The ids of all alerts so far, in alphabetical order. */
  List<String> alerts() {
    return detecting.forwarded().stream().map(one -> one.record().value().id()).sorted().toList();
  }

  /** How many alerts a rule has raised so far. */
  long alertsOf(String rule) {
    return detecting.forwarded().stream()
        .filter(one -> one.record().value().rule().id().equals(rule))
        .count();
  }
}
