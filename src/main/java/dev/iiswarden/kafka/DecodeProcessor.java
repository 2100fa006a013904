package dev.iiswarden.kafka;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import dev.iiswarden.event.LogRecordId;
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

  /** How far an event must be behind the last one to be evidence that that one was wrong. */
  private static final Duration REFUTING = Duration.ofMinutes(5);

  /** The key of records without a host. */
  private static final String NO_HOST = "";

  private static final int MOST_REMEMBERED_HOSTS = 100_000;

  private final Function<V, List<Decoded>> decoder;
  private final Function<V, byte[]> bytes;
  private final RuleSource rules;
  private final Duration mostAhead;
  private final @Nullable Duration idleAfter;
  private final boolean datedByBrokers;
  private final Consumer<Decoded.Malformed> lostRecords;
  private final Map<String, Long> lastHeard = new LastHeard();
  private @Nullable ProcessorContext<String, HostRecord> context;
  private @Nullable RecordMeters meters;
  private @Nullable ProgressReports progress;
  private @Nullable LoneRecords lone;

  /**
   * Creates a processor.
   *
   * @param datedByBrokers whether brokers set the timestamps of the records
   * @param lostRecords gets the first lost record of each dead letter, with its place in the topic
   */
  DecodeProcessor(
      Function<V, List<Decoded>> decoder,
      Function<V, byte[]> bytes,
      RuleSource rules,
      Duration mostAhead,
      @Nullable Duration idleAfter,
      boolean datedByBrokers,
      Consumer<Decoded.Malformed> lostRecords) {
    this.decoder = decoder;
    this.bytes = bytes;
    this.rules = rules;
    this.mostAhead = mostAhead;
    this.idleAfter = idleAfter;
    this.datedByBrokers = datedByBrokers;
    this.lostRecords = lostRecords;
  }

  @Override
  public void init(ProcessorContext<String, HostRecord> context) {
    this.context = context;
    // Kafka Streams initialises the same processor again when its task is restarted.
    lastHeard.clear();
    meters = new RecordMeters(context);
    lone = new LoneRecords(context, rules, mostAhead);
    progress = new ProgressReports(context, new PartitionClock(datedByBrokers), idleAfter);
  }

  private ProcessorContext<String, HostRecord> context() {
    return initialised(context);
  }

  private RecordMeters meters() {
    return initialised(meters);
  }

  private ProgressReports progress() {
    return initialised(progress);
  }

  private static <T> T initialised(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("init has not been called");
    }
    return value;
  }

  @Override
  public void process(Record<Object, V> dated) {
    // The topics between and the detecting tasks see no timestamp that is later than the present.
    Record<Object, V> record = dated.withTimestamp(progress().believed(dated.timestamp()));
    if (record.value() == null) {
      progress().read(null, record.timestamp());
    } else {
      passAll(record);
    }
    progress().reportAdvance();
  }

  private void passAll(Record<Object, V> record) {
    List<Decoded.Malformed> lost = new ArrayList<>(0);
    for (Decoded decoded : decoder.apply(record.value())) {
      meters().record(decoded);
      progress().read(host(decoded), record.timestamp());
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

  private static @Nullable String host(Decoded decoded) {
    return decoded.events().isEmpty()
        ? null
        : decoded.events().get(0).getHost().getCorrelationKey();
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
      HostRecord.Facts facts =
          new HostRecord.Facts(complete(decoded.events()), LogRecordId.digest(first));
      passFacts(record, key == null ? NO_HOST : key, facts);
      if (key != null && believed) {
        remember(host, first.getTimestamp().toEpochMilli());
      }
    } else if (key != null && believed && needsHeartbeat(host, first.getTimestamp())) {
      HostRecord heard = new HostRecord.Heard(host, first.getTimestamp());
      // No detecting task holds anything for a host with a name of that length.
      if (!RecordSize.isTooLarge(key, heard)) {
        forward(record, key, heard);
      }
    }
  }

  private void passFacts(Record<Object, V> record, String key, HostRecord.Facts facts) {
    if (!RecordSize.isTooLarge(key, facts)) {
      forward(record, key, facts);
      return;
    }
    for (Alert alert : initialised(lone).judge(facts.events(), record.timestamp())) {
      forward(record, alert.id(), new HostRecord.Raised(alert));
    }
  }

  private void forward(Record<Object, V> record, String key, HostRecord value) {
    context().forward(new Record<>(key, value, record.timestamp()));
  }

  /** Completes events that would otherwise read fields from the record on first access. */
  private static List<Event> complete(List<Event> events) {
    return events.stream().map(event -> event.placed(0, Long.MIN_VALUE)).toList();
  }

  /**
   * Whether the detecting task must be told of an event: because the host's clock has advanced, or
   * because it is so far back that the time it was told of last may have been wrong.
   */
  private boolean needsHeartbeat(HostFields host, Instant time) {
    Long last = lastHeard.get(String.valueOf(host.getName()));
    long ahead = last == null ? 0 : time.toEpochMilli() - last;
    boolean needed =
        last == null || ahead >= BETWEEN_HEARINGS.toMillis() || ahead <= -REFUTING.toMillis();
    if (needed) {
      remember(host, time.toEpochMilli());
    }
    return needed;
  }

  private void remember(HostFields host, long millis) {
    lastHeard.merge(
        String.valueOf(host.getName()),
        millis,
        (last, now) -> now <= last - REFUTING.toMillis() ? now : Math.max(last, now));
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
    HostRecord.Malformed letter =
        new HostRecord.Malformed(key(record.key()), bytes.apply(record.value()));
    for (DeadLetterParts.Part part : DeadLetterParts.of(letter, headers)) {
      context().forward(new Record<>(NO_HOST, part.letter(), record.timestamp(), part.headers()));
    }
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

  @Override
  public void close() {
    if (lone != null) {
      lone.close();
    }
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
