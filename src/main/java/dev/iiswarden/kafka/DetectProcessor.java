package dev.iiswarden.kafka;

import dev.iiswarden.Detector;
import dev.iiswarden.HostStore;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.decode.Decoded;
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
 * Detects on the hosts of one partition. What is open of a host lies in the state store, behind the
 * timestamp of the record in which it was last heard of; a host is taken up from there when
 * something comes from it.
 *
 * <p>A host's records may come by several partitions of the input, one of which is read far ahead
 * of the other. So records are held until all partitions have been read as far as they, and are
 * judged in the order of their timestamps, as a detector would that reads one feed. From a host
 * that was not heard of for longer than the lateness while the input has gone on, nothing more is
 * expected: its time passes as the input's does.
 */
final class DetectProcessor implements Processor<String, HostRecord, String, Alert> {
  /** In the store, what is of no host has keys below all names of hosts. */
  private static final String FIRST_HOST = "\u0001";

  private static final int HOSTS_IN_MEMORY = 20_000;
  private static final int TAKEN_UP_AT_ONCE = 1_000;

  private final String storeName;
  private final RuleSource source;
  private final Duration lateness;
  private final Duration mostAhead;
  private final int inputPartitions;
  private final List<Alert> raised = new ArrayList<>();

  /** Of the hosts that are open and known here. */
  private final Map<String, HostClock> clocks = new HashMap<>();

  private @Nullable Task task;

  /** Hosts up to this key have been taken up from the store; null when all have. */
  private @Nullable String takenUpTo = FIRST_HOST;

  /** Up to which progress of the input held records have been released. */
  private long released;

  /** At which progress silent hosts have been looked for last. */
  private long looked;

  /** The timestamp of the record that is processed. */
  private long timestamp;

  /**
   * A task that has not been initialised.
   *
   * @param inputPartitions how many the input has; 0 if that is not known
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
    // The same processor is initialised again when its task has to begin anew.
    clocks.clear();
    raised.clear();
    takenUpTo = FIRST_HOST;
    released = -1;
    looked = -1;
    KeyValueStore<String, byte[]> store = context.getStateStore(storeName);
    Rules rules = source.current();
    Allowlist allowlist = source.allowlist();
    Detector detector =
        Detector.builder()
            .lateness(lateness)
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
    Task now = takeUpRules();
    timestamp = Math.max(record.timestamp(), 0);
    if (record.value() instanceof HostRecord.Progress told) {
      now.progress().take(told);
      long progress = now.progress().millis();
      if (progress != InputProgress.UNKNOWN) {
        goOn(now, progress);
      }
    } else if (record.value() instanceof HostRecord.Facts || isOpen(now, record.key())) {
      HostClock clock = clocks.get(record.key());
      if (clock != null) {
        clock.heard(timestamp);
      }
      if (timestamp <= now.progress().millis()) {
        // All that it would have to wait for has been released.
        take(now, record.value());
        forward(now);
      } else {
        long offset = now.context().recordMetadata().map(RecordMetadata::offset).orElse(0L);
        now.held().hold(timestamp, offset, record.value());
      }
    }
  }

  /** Of hosts that are not open nobody needs to know the time. */
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

  private void goOn(Task now, long progress) {
    if (progress <= released) {
      return;
    }
    now.held()
        .release(
            released,
            progress,
            (time, held) -> {
              timestamp = time;
              take(now, held);
              forward(now);
            });
    released = progress;
    timestamp = Math.max(progress, 0);
    takeUpSome(now.store());
    // Looks at every open host: not for each of many partitions that go on by a moment.
    if (progress - looked >= DecodeProcessor.BETWEEN_REPORTS.toMillis()) {
      looked = progress;
      passTimeOnSilentHosts(now, progress);
      now.tellCounters();
    }
    forward(now);
  }

  private static void take(Task now, HostRecord held) {
    if (held instanceof HostRecord.Facts facts) {
      now.detector().accept(Decoded.of(facts.events()));
    } else if (held instanceof HostRecord.Heard heard) {
      now.detector().advanceTo(heard.host(), heard.time());
    }
  }

  private Task takeUpRules() {
    Task before = task;
    if (before == null) {
      throw new IllegalStateException("not yet initialised");
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
    Task after = before.goingBy(rules, allowlist);
    task = after;
    return after;
  }

  /** Hosts that were open when this task came here, and have not been heard of since. */
  private void takeUpSome(KeyValueStore<String, byte[]> store) {
    if (takenUpTo == null) {
      return;
    }
    try (KeyValueIterator<String, byte[]> rest = store.range(takenUpTo, null)) {
      for (int taken = 0; rest.hasNext() && taken < TAKEN_UP_AT_ONCE; taken++) {
        KeyValue<String, byte[]> one = rest.next();
        takenUpTo = one.key;
        clocks.computeIfAbsent(one.key, key -> new HostClock(heardAt(one.value)));
      }
      if (!rest.hasNext()) {
        takenUpTo = null;
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

  /** What a task has once it has been initialised. */
  private record Task(
      ProcessorContext<String, Alert> context,
      KeyValueStore<String, byte[]> store,
      Detector detector,
      InputProgress progress,
      HeldRecords held,
      Rules rules,
      Allowlist allowlist,
      DetectionMeters meters) {

    Task goingBy(Rules others, Allowlist another) {
      return new Task(context, store, detector, progress, held, others, another, meters);
    }

    void tellCounters() {
      meters.tell(detector.counters());
    }
  }

  /** Hosts in the state store. */
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
