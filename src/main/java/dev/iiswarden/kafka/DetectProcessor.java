package dev.iiswarden.kafka;

import dev.iiswarden.Alert;
import dev.iiswarden.Allowlist;
import dev.iiswarden.Detector;
import dev.iiswarden.HostStore;
import dev.iiswarden.Rules;
import dev.iiswarden.decode.Decoded;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Detects on the hosts of one partition. What is open of a host lies in the state store, behind the
 * stream time at which it was last heard of; a host is taken up from there when something comes
 * from it.
 *
 * <p>Time passes on a host by its own events. One from which nothing comes is a silent host once
 * the input has gone on for longer than the lateness since it was heard of, as far as all its
 * partitions have been read: from then on its time passes as the input's does. The input's
 * progress, not the latest timestamp that was seen, because after a crash or a rebalance some
 * partitions are read ahead of others by hours.
 */
final class DetectProcessor implements Processor<String, HostRecord, String, Alert> {
  /** Below all names of hosts, which are never empty. */
  private static final String PROGRESS_PREFIX = "\u0000progress/";

  private static final int HOSTS_IN_MEMORY = 20_000;
  private static final int TAKEN_UP_AT_ONCE = 1_000;
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final String storeName;
  private final RuleSource source;
  private final Duration lateness;
  private final Duration mostAhead;
  private final List<Alert> raised = new ArrayList<>();
  private final Map<String, Long> progress = new TreeMap<>();

  /** Open hosts in memory, the one not heard of for longest first. */
  private final Map<String, Silence> open = new LinkedHashMap<>(16, 0.75f, true);

  private @Nullable Task task;
  private @Nullable String takenUpTo;
  private long streamTime = UNKNOWN;

  /** When the record came that is judged: events may be dated too far ahead of that. */
  private Instant arrival = Instant.EPOCH;

  DetectProcessor(String storeName, RuleSource source, Duration lateness, Duration mostAhead) {
    this.storeName = storeName;
    this.source = source;
    this.lateness = lateness;
    this.mostAhead = mostAhead;
  }

  @Override
  public void init(ProcessorContext<String, Alert> context) {
    KeyValueStore<String, byte[]> store = context.getStateStore(storeName);
    try (KeyValueIterator<String, byte[]> known =
        store.range(PROGRESS_PREFIX, PROGRESS_PREFIX + '\uffff')) {
      while (known.hasNext()) {
        KeyValue<String, byte[]> one = known.next();
        progress.put(
            one.key.substring(PROGRESS_PREFIX.length()), ByteBuffer.wrap(one.value).getLong());
      }
    }
    streamTime = progress.values().stream().mapToLong(Long::longValue).min().orElse(UNKNOWN);
    takenUpTo = "";
    Rules rules = source.current();
    Allowlist allowlist = source.allowlist();
    Detector detector =
        Detector.builder()
            .lateness(lateness)
            .mostAhead(mostAhead, () -> arrival)
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
            rules,
            allowlist,
            new DetectionMeters(context, detector.counters()));
  }

  @Override
  public void process(Record<String, HostRecord> record) {
    Task now = takeUpRules();
    arrival = Instant.ofEpochMilli(Math.max(record.timestamp(), 0));
    HostRecord value = record.value();
    if (value instanceof HostRecord.Facts facts) {
      heard(record.key());
      now.detector().accept(Decoded.of(facts.events()));
    } else if (value instanceof HostRecord.Heard heard) {
      heard(record.key());
      now.detector().advanceTo(heard.host(), heard.time());
    } else if (value instanceof HostRecord.Progress one) {
      progress(now, one);
    }
    forward(now, record.timestamp());
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
    Task after =
        new Task(
            before.context(), before.store(), before.detector(), rules, allowlist, before.meters());
    task = after;
    return after;
  }

  private void heard(String key) {
    if (open.containsKey(key)) {
      open.put(key, new Silence(streamTime, streamTime));
    }
  }

  private void progress(Task now, HostRecord.Progress one) {
    Long before = progress.get(one.origin());
    if (before != null && one.millis() <= before) {
      return;
    }
    progress.put(one.origin(), one.millis());
    now.store()
        .put(
            PROGRESS_PREFIX + one.origin(),
            ByteBuffer.allocate(Long.BYTES).putLong(one.millis()).array());
    long least = progress.values().stream().mapToLong(Long::longValue).min().orElse(UNKNOWN);
    if (least > streamTime) {
      streamTime = least;
      takeUpSome(now.store());
      passTimeOnSilentHosts(now);
      now.tellCounters();
    }
  }

  /** Hosts that were open when this task came here, and have not been heard of since. */
  private void takeUpSome(KeyValueStore<String, byte[]> store) {
    if (takenUpTo == null) {
      return;
    }
    try (KeyValueIterator<String, byte[]> rest = store.range(takenUpTo, null)) {
      int taken = 0;
      while (rest.hasNext() && taken < TAKEN_UP_AT_ONCE) {
        KeyValue<String, byte[]> one = rest.next();
        taken++;
        takenUpTo = one.key;
        if (!one.key.startsWith(PROGRESS_PREFIX)) {
          long since = ByteBuffer.wrap(one.value).getLong();
          open.putIfAbsent(one.key, new Silence(since, since));
        }
      }
      if (!rest.hasNext()) {
        takenUpTo = null;
      }
    }
  }

  private void passTimeOnSilentHosts(Task now) {
    Map<String, Long> due = new LinkedHashMap<>();
    for (Map.Entry<String, Silence> host : open.entrySet()) {
      Silence silence = host.getValue();
      if (silence.since() == UNKNOWN) {
        host.setValue(new Silence(streamTime, streamTime));
      } else if (streamTime - silence.since() > lateness.toMillis()) {
        due.put(host.getKey(), streamTime - silence.passedUntil());
        host.setValue(new Silence(silence.since(), streamTime));
      }
    }
    due.forEach((key, millis) -> now.detector().elapse(key, Duration.ofMillis(millis)));
  }

  private void forward(Task now, long timestamp) {
    if (!raised.isEmpty()) {
      List<Alert> alerts = List.copyOf(raised);
      raised.clear();
      for (Alert alert : alerts) {
        now.meters().alert();
        now.context().forward(new Record<>(alert.id(), alert, Math.max(timestamp, 0)));
      }
    }
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
      Rules rules,
      Allowlist allowlist,
      DetectionMeters meters) {

    void tellCounters() {
      meters.tell(detector.counters());
    }
  }

  /**
   * Since when nothing has come from a host.
   *
   * @param since by the stream time
   * @param passedUntil up to which stream time the silence has moved the host's clock
   */
  private record Silence(long since, long passedUntil) {}

  /** Hosts in the state store. */
  private final class Store implements HostStore {
    private final KeyValueStore<String, byte[]> store;

    Store(KeyValueStore<String, byte[]> store) {
      this.store = store;
    }

    @Override
    public byte @Nullable [] load(String key) {
      byte[] stored = store.get(key);
      if (stored == null) {
        return null;
      }
      long since = ByteBuffer.wrap(stored).getLong();
      open.putIfAbsent(key, new Silence(since, since));
      return Arrays.copyOfRange(stored, Long.BYTES, stored.length);
    }

    @Override
    public void save(String key, byte @Nullable [] state) {
      if (state == null) {
        open.remove(key);
        store.delete(key);
        return;
      }
      Silence silence = open.computeIfAbsent(key, ignored -> new Silence(streamTime, streamTime));
      store.put(
          key,
          ByteBuffer.allocate(Long.BYTES + state.length)
              .putLong(silence.since())
              .put(state)
              .array());
    }
  }
}
