package dev.iiswarden.kafka;

import dev.iiswarden.Detector;
import dev.iiswarden.HostStore;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.HostFields;
import dev.iiswarden.rules.Rules;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Runs detection for the hosts of one partition. The open state of a host is in the state store,
 * after the timestamp of the host's latest record. It is loaded when a record of the host arrives.
 *
 * <p>A host's records may come through several input partitions, and one may be read far ahead of
 * another. So records are held until all partitions have been read up to their timestamp. Then they
 * are evaluated in order of their timestamps, as by a detector that reads a single feed. If the
 * input advances by more than the lateness without a record of a host, no further record is
 * expected, and the host's time advances with the input.
 */
final class DetectProcessor implements Processor<String, HostRecord, String, Alert> {
  /** In the store, the keys of entries without a host sort before all host names. */
  private static final String FIRST_HOST = "\u0001";

  private static final int HOSTS_IN_MEMORY = 20_000;
  private static final int LOADED_AT_ONCE = 1_000;

  private final String storeName;
  private final RuleSource source;
  private final Duration lateness;
  private final Duration mostAhead;
  private final int inputPartitions;
  private final List<Alert> raised = new ArrayList<>();

  /** The clocks of the open hosts that are known here. */
  private final Map<String, HostClock> clocks = new HashMap<>();

  private @Nullable Task task;

  /** Hosts up to this key have been loaded from the store; null when all have been. */
  private @Nullable String loadedTo = FIRST_HOST;

  /** The progress of the input up to which held records have been released. */
  private long released;

  /** The progress of the input at which silent hosts were last looked for. */
  private long looked;

  /** The timestamp of the current record. */
  private long timestamp;

  /**
   * Creates a processor that is not yet initialised.
   *
   * @param inputPartitions the number of input partitions; 0 if unknown
   */
  DetectProcessor(
      String storeName,
      RuleSource source,
      Duration lateness,
      Duration mostAhead,
      int inputPartitions) {
    this.storeName = storeName;
    this.source = source;
    this.lateness = lateness;
    this.mostAhead = mostAhead;
    this.inputPartitions = inputPartitions;
  }

  @Override
  public void init(ProcessorContext<String, Alert> context) {
    // Kafka Streams initialises the same processor again when its task is restarted.
    clocks.clear();
    raised.clear();
    loadedTo = FIRST_HOST;
    released = -1;
    looked = -1;
    KeyValueStore<String, byte[]> store = context.getStateStore(storeName);
    Rules rules = source.current();
    Allowlist allowlist = source.allowlist();
    Detector detector =
        Detector.builder()
            .lateness(lateness)
            // No sender's clock alone: no record is judged before the input has got so far.
            .mostAhead(mostAhead, () -> Instant.ofEpochMilli(timestamp))
            .rules(rules)
            .allowlist(allowlist)
            .mostOpenHosts(HOSTS_IN_MEMORY)
            .hostStore(new Store(store))
            .sink(raised::add)
            .build();
    task =
        new Task(
            context,
            store,
            detector,
            new InputProgress(store, inputPartitions),
            new HeldRecords(store),
            rules,
            allowlist,
            new DetectionMeters(context, detector.counters()));
  }

  @Override
  public void process(Record<String, HostRecord> record) {
    Task now = currentTask();
    timestamp = Math.max(record.timestamp(), 0);
    if (record.value() instanceof HostRecord.Progress reported) {
      now.progress().take(reported);
      long progress = now.progress().millis();
      if (progress != InputProgress.UNKNOWN) {
        advanceTo(now, progress);
      }
    } else if (record.value() instanceof HostRecord.Facts || isOpen(now, record.key())) {
      HostClock clock = clocks.get(record.key());
      if (clock != null) {
        clock.heard(timestamp);
      }
      if (timestamp <= now.progress().millis()) {
        // Every record that precedes it has been released.
        take(now, record.value());
        forward(now);
      } else {
        long offset = now.context().recordMetadata().map(RecordMetadata::offset).orElse(0L);
        now.held().hold(timestamp, offset, record.value());
      }
    }
  }

  /** Whether a host is open. Other hosts need no heartbeats. */
  private boolean isOpen(Task now, String key) {
    if (clocks.containsKey(key)) {
      return true;
    }
    byte[] stored = key.isEmpty() ? null : now.store().get(key);
    if (stored == null) {
      return false;
    }
    clocks.put(key, new HostClock(heardAt(stored)));
    return true;
  }

  private static long heardAt(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong();
  }

  private void advanceTo(Task now, long progress) {
    if (progress <= released) {
      return;
    }
    now.held()
        .release(
            released,
            progress,
            (time, held) -> {
              timestamp = time;
              // The host may not have been open when the record arrived.
              heard(held, time);
              take(now, held);
              forward(now);
            });
    released = progress;
    timestamp = Math.max(progress, 0);
    loadSome(now.store());
    // This visits every open host, so it is not done for each small advance of one of many
    // partitions.
    if (progress - looked >= ProgressReports.BETWEEN_REPORTS.toMillis()) {
      looked = progress;
      passTimeOnSilentHosts(now, progress);
      now.recordCounters();
    }
    forward(now);
  }

  private void heard(HostRecord held, long time) {
    HostFields host =
        held instanceof HostRecord.Facts facts
            ? facts.events().get(0).getHost()
            : held instanceof HostRecord.Heard heard ? heard.host() : null;
    HostClock clock = host == null ? null : clocks.get(host.getCorrelationKey());
    if (clock != null) {
      clock.heard(time);
    }
  }

  private static void take(Task now, HostRecord held) {
    if (held instanceof HostRecord.Facts facts) {
      now.detector().accept(Decoded.of(facts.events()));
    } else if (held instanceof HostRecord.Heard heard) {
      now.detector().advanceTo(heard.host(), heard.time());
    }
  }

  private Task currentTask() {
    Task before = task;
    if (before == null) {
      throw new IllegalStateException("init has not been called");
    }
    Rules rules = source.current();
    Allowlist allowlist = source.allowlist();
    if (rules == before.rules() && allowlist == before.allowlist()) {
      return before;
    }
    if (rules != before.rules()) {
      before.detector().reload(rules);
    }
    before.detector().allow(allowlist);
    Task after = before.with(rules, allowlist);
    task = after;
    return after;
  }

  /** Loads hosts that were open when this task started here and have not sent anything since. */
  private void loadSome(KeyValueStore<String, byte[]> store) {
    if (loadedTo == null) {
      return;
    }
    try (KeyValueIterator<String, byte[]> rest = store.range(loadedTo, null)) {
      for (int taken = 0; rest.hasNext() && taken < LOADED_AT_ONCE; taken++) {
        KeyValue<String, byte[]> one = rest.next();
        loadedTo = one.key;
        clocks.computeIfAbsent(one.key, key -> new HostClock(heardAt(one.value)));
      }
      if (!rest.hasNext()) {
        loadedTo = null;
      }
    }
  }

  private void passTimeOnSilentHosts(Task now, long progress) {
    for (String key : List.copyOf(clocks.keySet())) {
      HostClock clock = clocks.get(key);
      long silence = clock == null ? 0 : clock.silence(progress, lateness.toMillis());
      if (silence > 0) {
        now.detector().elapse(key, Duration.ofMillis(silence));
      }
    }
  }

  private void forward(Task now) {
    for (Alert alert : raised) {
      now.meters().alert();
      now.context().forward(new Record<>(alert.id(), alert, timestamp));
    }
    raised.clear();
  }

  @Override
  public void close() {
    if (task != null) {
      task.detector().close();
    }
  }

  /** The parts of an initialised task. */
  private record Task(
      ProcessorContext<String, Alert> context,
      KeyValueStore<String, byte[]> store,
      Detector detector,
      InputProgress progress,
      HeldRecords held,
      Rules rules,
      Allowlist allowlist,
      DetectionMeters meters) {

    Task with(Rules others, Allowlist another) {
      return new Task(context, store, detector, progress, held, others, another, meters);
    }

    void recordCounters() {
      meters.update(detector.counters());
    }
  }

  /** The hosts in the state store. */
  private final class Store implements HostStore {
    private final KeyValueStore<String, byte[]> store;

    Store(KeyValueStore<String, byte[]> store) {
      this.store = store;
    }

    @Override
    public byte @Nullable [] load(String key) {
      byte[] stored = store.get(key);
      return stored == null ? null : Arrays.copyOfRange(stored, Long.BYTES, stored.length);
    }

    @Override
    public void save(String key, byte @Nullable [] state) {
      if (state == null) {
        clocks.remove(key);
        store.delete(key);
        return;
      }
      HostClock clock = clocks.computeIfAbsent(key, ignored -> new HostClock(timestamp));
      store.put(
          key,
          ByteBuffer.allocate(Long.BYTES + state.length)
              .putLong(clock.heardAt())
              .put(state)
              .array());
    }
  }
}
