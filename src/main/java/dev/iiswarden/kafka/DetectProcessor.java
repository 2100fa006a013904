package dev.iiswarden.kafka;

import dev.iiswarden.Detector;
import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.HostFields;
import dev.iiswarden.rules.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Runs detection for the hosts of one partition. The open state of a host is in the state store,
 * see {@link StoredHosts}. It is loaded when a record of the host arrives.
 *
 * <p>A host's records may come through several input partitions, and one may be read far ahead of
 * another. So records are held until all partitions have been read up to their timestamp. Then they
 * are evaluated in order of their timestamps, as by a detector that reads a single feed. If the
 * input advances by more than the lateness without a record of a host, no further record is
 * expected, and the host's time advances with the input.
 */
final class DetectProcessor implements Processor<String, HostRecord, String, Alert> {
  private static final int HOSTS_IN_MEMORY = 20_000;

  private final String storeName;
  private final RuleSource source;
  private final Duration lateness;
  private final Duration mostAhead;
  private final @Nullable Duration repeatSpan;
  private final int inputPartitions;
  private final List<Alert> raised = new ArrayList<>();

  /** The clocks of the open hosts that are known here. */
  private final Map<String, HostClock> clocks = new HashMap<>();

  private @Nullable Task task;

  /** The progress of the input up to which held records have been released. */
  private long released;

  /** The progress of the input at which silent hosts were last looked for. */
  private long looked;

  /** The timestamp of the current record. */
  private long timestamp;

  /**
   * Creates a processor that is not yet initialised.
   *
   * @param repeatSpan how long repeats of an alert are suppressed; null if they are not
   * @param inputPartitions the number of input partitions; 0 if unknown
   */
  DetectProcessor(
      String storeName,
      RuleSource source,
      Duration lateness,
      Duration mostAhead,
      @Nullable Duration repeatSpan,
      int inputPartitions) {
    this.storeName = storeName;
    this.source = source;
    this.lateness = lateness;
    this.mostAhead = mostAhead;
    this.repeatSpan = repeatSpan;
    this.inputPartitions = inputPartitions;
  }

  @Override
  public void init(ProcessorContext<String, Alert> context) {
    // Kafka Streams initialises the same processor again when its task is restarted.
    clocks.clear();
    raised.clear();
    released = -1;
    looked = -1;
    KeyValueStore<String, byte[]> store = context.getStateStore(storeName);
    Rules rules = source.current();
    Allowlist allowlist = source.allowlist();
    StoredHosts hosts = new StoredHosts(store, clocks, () -> timestamp);
    DetectorBuilder builder =
        Detector.builder()
            .lateness(lateness)
            // No sender's clock alone: no record is judged before the input has got so far.
            .mostAhead(mostAhead, () -> Instant.ofEpochMilli(timestamp))
            .rules(rules)
            .allowlist(allowlist)
            .mostOpenHosts(HOSTS_IN_MEMORY)
            .hostStore(hosts)
            .sink(raised::add);
    if (repeatSpan != null) {
      builder.suppressRepeats(repeatSpan);
    }
    Detector detector = builder.build();
    task =
        new Task(
            context,
            hosts,
            detector,
            new InputProgress(store, inputPartitions),
            new HeldRecords(store),
            new SeenRecordIds(store),
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
    } else if (hear(now, record.key(), timestamp) || record.value() instanceof HostRecord.Facts) {
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

  /**
   * Notes that a host was heard of, also if this task has not yet opened it: its silence would be
   * counted from too early a time then.
   *
   * @return whether the host is open; other hosts need no heartbeats
   */
  private boolean hear(Task now, String key, long time) {
    boolean isOpen = clocks.containsKey(key) || now.hosts().open(key);
    HostClock clock = clocks.get(key);
    if (clock != null) {
      clock.heard(time);
    }
    return isOpen;
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
              hear(now, held, time);
              take(now, held);
              forward(now);
            });
    released = progress;
    timestamp = Math.max(progress, 0);
    now.hosts().openSome();
    // This visits every open host, so it is not done for each small advance of one of many
    // partitions.
    if (progress - looked >= ProgressReports.BETWEEN_REPORTS.toMillis()) {
      looked = progress;
      passTimeOnSilentHosts(now, progress);
      now.recordCounters();
    }
    forward(now);
  }

  private void hear(Task now, HostRecord held, long time) {
    HostFields host =
        held instanceof HostRecord.Facts facts
            ? facts.events().get(0).getHost()
            : held instanceof HostRecord.Heard heard ? heard.host() : null;
    String key = host == null ? null : host.getCorrelationKey();
    if (key != null) {
      hear(now, key, time);
    }
  }

  private static void take(Task now, HostRecord held) {
    if (held instanceof HostRecord.Facts facts) {
      if (now.seen().isRepeated(facts.id())) {
        now.meters().duplicate();
        return;
      }
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
      StoredHosts hosts,
      Detector detector,
      InputProgress progress,
      HeldRecords held,
      SeenRecordIds seen,
      Rules rules,
      Allowlist allowlist,
      DetectionMeters meters) {

    Task with(Rules others, Allowlist another) {
      return new Task(context, hosts, detector, progress, held, seen, others, another, meters);
    }

    void recordCounters() {
      meters.update(detector.counters());
    }
  }
}
