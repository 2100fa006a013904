package dev.iiswarden.kafka;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records and forwards the relevant ones, keyed by their host. For all other events it
 * forwards only heartbeats: when a host last sent something, and how far the partition has been
 * read.
 *
 * @param <V> the type of a record's value
 */
final class DecodeProcessor<V> implements Processor<Object, V, String, HostRecord> {
  /** How far an open host's clock may trail the host's latest irrelevant event. */
  static final Duration BETWEEN_HEARINGS = Duration.ofSeconds(10);

  /** How often the progress of a partition is reported, in its stream time. */
  static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);

  private static final int LOOKS_UNTIL_IDLE = 4;
  private static final int LOOKS_UNTIL_IDLE_AFTER_TAKEOVER = 40;

  /** The key of records without a host. */
  private static final String NO_HOST = "";

  private static final int MOST_REMEMBERED_HOSTS = 100_000;

  private final Function<V, List<Decoded>> decoder;
  private final Function<V, byte[]> bytes;
  private final RuleSource rules;
  private final Duration mostAhead;
  private final @Nullable Duration idleAfter;
  private final Consumer<Decoded.Malformed> lostRecords;
  private final Map<String, Long> lastHeard = new LastHeard();
  private @Nullable ProcessorContext<String, HostRecord> context;
  private @Nullable RecordMeters meters;
  private String origin = "";
  private boolean hasRecord;
  private boolean hasRecordSinceLook;
  private int looksWithoutRecord;

  /**
   * Creates a processor.
   *
   * @param lostRecords gets the first lost record of each dead letter, with its place in the topic
   */
  DecodeProcessor(
      Function<V, List<Decoded>> decoder,
      Function<V, byte[]> bytes,
      RuleSource rules,
      Duration mostAhead,
      @Nullable Duration idleAfter,
      Consumer<Decoded.Malformed> lostRecords) {
    this.decoder = decoder;
    this.bytes = bytes;
    this.rules = rules;
    this.mostAhead = mostAhead;
    this.idleAfter = idleAfter;
    this.lostRecords = lostRecords;
  }

  @Override
  public void init(ProcessorContext<String, HostRecord> context) {
    this.context = context;
    // Kafka Streams initialises the same processor again when its task is restarted.
    lastHeard.clear();
    hasRecord = false;
    hasRecordSinceLook = false;
    looksWithoutRecord = 0;
    meters = new RecordMeters(context);
    origin = context.taskId().toString();
    context.schedule(BETWEEN_REPORTS, PunctuationType.STREAM_TIME, this::report);
    if (idleAfter != null) {
      Duration between = idleAfter.dividedBy(LOOKS_UNTIL_IDLE);
      context.schedule(
          between.toMillis() < 1 ? Duration.ofMillis(1) : between,
          PunctuationType.WALL_CLOCK_TIME,
          this::reportIdle);
    }
  }

  private void report(long streamTime) {
    HostRecord progress = new HostRecord.Progress(origin, streamTime);
    context().forward(new Record<>(NO_HOST, progress, Math.max(streamTime, 0)));
  }

  /**
   * Reports a partition that has been idle for long enough as read to the present, so that it holds
   * up no host. Looks are counted instead of time, because no record can arrive while a process is
   * stopped. A partition taken over from a process that died may be blocked for a while by that
   * process's transaction.
   */
  private void reportIdle(long wallClock) {
    looksWithoutRecord = hasRecordSinceLook ? 0 : looksWithoutRecord + 1;
    hasRecordSinceLook = false;
    int enough = hasRecord ? LOOKS_UNTIL_IDLE : LOOKS_UNTIL_IDLE_AFTER_TAKEOVER;
    if (looksWithoutRecord >= enough) {
      report(Math.max(wallClock, context().currentStreamTimeMs()));
    }
  }

  private ProcessorContext<String, HostRecord> context() {
    return initialised(context);
  }

  private RecordMeters meters() {
    return initialised(meters);
  }

  private static <T> T initialised(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("init has not been called");
    }
    return value;
  }

  @Override
  public void process(Record<Object, V> record) {
    hasRecord = true;
    hasRecordSinceLook = true;
    V value = record.value();
    if (value == null) {
      return;
    }
    List<Decoded.Malformed> lost = new ArrayList<>(0);
    for (Decoded decoded : decoder.apply(value)) {
      meters().record(decoded);
      if (decoded.malformed().isPresent()) {
        lost.add(decoded.malformed().get());
      } else if (!decoded.events().isEmpty()) {
        pass(record, decoded);
      }
    }
    if (!lost.isEmpty()) {
      // The dead letter is the whole message, so one is enough however many records were lost.
      deadLetter(record, lost.get(0), lost.size());
    }
  }

  private void pass(Record<Object, V> record, Decoded decoded) {
    Event first = decoded.events().get(0);
    HostFields host = first.getHost();
    String key = host.getCorrelationKey();
    boolean believed =
        first.getTimestamp().toEpochMilli() - record.timestamp() <= mostAhead.toMillis();
    count(first, believed);
    if (rules.current().isRelevant(decoded)) {
      meters().relevant();
      context()
          .forward(
              record
                  .withKey(key == null ? NO_HOST : key)
                  .withValue((HostRecord) new HostRecord.Facts(complete(decoded.events())))
                  .withHeaders(new RecordHeaders()));
      if (key != null && believed) {
        remember(host, first.getTimestamp().toEpochMilli());
      }
    } else if (key != null && believed && needsHeartbeat(host, first.getTimestamp())) {
      context()
          .forward(
              record
                  .withKey(key)
                  .withValue((HostRecord) new HostRecord.Heard(host, first.getTimestamp()))
                  .withHeaders(new RecordHeaders()));
    }
  }

  /** Completes events that would otherwise read fields from the record on first access. */
  private static List<Event> complete(List<Event> events) {
    return events.stream().map(event -> event.placed(0, Long.MIN_VALUE)).toList();
  }

  /** Whether the host's clock has advanced so far that the detecting task must be notified. */
  private boolean needsHeartbeat(HostFields host, Instant time) {
    Long last = lastHeard.get(String.valueOf(host.getName()));
    if (last != null && time.toEpochMilli() - last < BETWEEN_HEARINGS.toMillis()) {
      return false;
    }
    remember(host, time.toEpochMilli());
    return true;
  }

  private void remember(HostFields host, long millis) {
    lastHeard.merge(String.valueOf(host.getName()), millis, Math::max);
  }

  private void count(Event event, boolean believed) {
    if (event.getHost().getName() == null) {
      meters().withoutHost();
    }
    if (!believed) {
      meters().futureDated();
    } else if (event.getTimestamp().isBefore(Detector.OLDEST_PLAUSIBLE)) {
      meters().pastDated();
    }
  }

  private void deadLetter(Record<Object, V> record, Decoded.Malformed malformed, int lost) {
    meters().deadLetter();
    Headers headers = new RecordHeaders(record.headers());
    add(headers, DeadLetters.CAUSE, malformed.outcome().label());
    add(headers, DeadLetters.REASON, malformed.toString());
    add(headers, DeadLetters.LOST, Integer.toString(lost));
    RecordMetadata place = context().recordMetadata().orElse(null);
    lostRecords.accept(place == null ? malformed : at(place, malformed));
    if (place != null) {
      add(headers, DeadLetters.TOPIC, place.topic());
      add(headers, DeadLetters.PARTITION, Integer.toString(place.partition()));
      add(headers, DeadLetters.OFFSET, Long.toString(place.offset()));
    }
    context()
        .forward(
            record
                .withKey(NO_HOST)
                .withValue(
                    (HostRecord)
                        new HostRecord.Malformed(key(record.key()), bytes.apply(record.value())))
                .withHeaders(headers));
  }

  private static Decoded.Malformed at(RecordMetadata place, Decoded.Malformed lost) {
    return new Decoded.Malformed(
        lost.outcome(),
        lost.reason(),
        place.topic() + "-" + place.partition() + " offset " + place.offset(),
        lost.line(),
        lost.column(),
        lost.record());
  }

  private static byte @Nullable [] key(@Nullable Object key) {
    if (key instanceof byte[] raw) {
      return raw;
    }
    return key instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : null;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The hosts that sent something most recently. */
  private static final class LastHeard extends LinkedHashMap<String, Long> {
    private static final long serialVersionUID = 1;

    LastHeard() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MOST_REMEMBERED_HOSTS;
    }
  }
}
