package dev.iiswarden.kafka;

import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.LostRecordLog;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Detection as a part of a Kafka Streams topology: it turns a stream of log records, or of events,
 * into a stream of alerts. Create it with {@link #builder()}.
 *
 * <pre>
 *   StreamsBuilder builder = new StreamsBuilder();
 *   StreamsDetection.builder().deadLetterTopic("dead-letters").build()
 *       .detect(builder.stream("windows-logs", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())))
 *       .to("alerts", Produced.with(Serdes.String(), new AlertSerde()));
 * </pre>
 *
 * <p>Records are decoded where they are read, whatever their key. Relevant records go through a
 * repartition topic, keyed by their machine, to the task for that machine's partition. The task
 * keeps the open state of its machines in a state store with a changelog and writes it when it
 * changes. A relevant record above 900,000 bytes does not fit into the repartition topic: it is
 * evaluated by itself where it is read, takes part in no sequence, and counts as dropped.
 *
 * <p>Kafka's default timestamp extractor ends the application at a record with a negative
 * timestamp. Read the input topics with {@link UseWallClockOnInvalidTimestamp} to avoid that.
 *
 * <p>The application's processing guarantee applies. With {@code exactly_once_v2} no alert is lost
 * or repeated. With {@code at_least_once} an alert may be repeated with the same {@link
 * Alert#id()}, which is the key of the stream of alerts; and after a crash a sequence of which a
 * record was being evaluated may be missed or reported with other evidence.
 *
 * <p>Add it only once to a topology. Immutable. Like the {@link StreamsBuilder} it adds to, {@link
 * #detect} is not safe for use by several threads.
 */
public final class StreamsDetection {
  private static final String HOSTS = "iiswarden-hosts";
  private static final String RULES = "iiswarden-rules";

  private final Builder settings;

  private StreamsDetection(Builder settings) {
    this.settings = settings;
  }

  /** Returns a builder with the bundled rules and a lateness of 35 seconds. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Adds detection on log records to the topology.
   *
   * @param records log records in any shape, see {@link EventDecoders}; keys do not matter
   * @return alerts, keyed by their ids
   */
  public <K> KStream<String, Alert> detect(KStream<K, byte[]> records) {
    MessageDecoder decoder = new MessageDecoder(settings.decoder);
    return detect(records, decoder::decode, Function.identity());
  }

  /**
   * Adds detection on events that the application has decoded or created.
   *
   * @param events keys do not matter
   * @return alerts, keyed by their ids
   */
  public <K> KStream<String, Alert> detectEvents(KStream<K, Event> events) {
    return detect(
        events,
        event -> List.of(Decoded.of(event)),
        event -> event.toString().getBytes(StandardCharsets.UTF_8));
  }

  private <K, V> KStream<String, Alert> detect(
      KStream<K, V> stream, Function<V, List<Decoded>> decoder, Function<V, byte[]> bytes) {
    RuleSource source = settings.source;
    Duration mostAhead = settings.mostAhead;
    Duration idleAfter = settings.idleAfter;
    boolean datedByBrokers = settings.datedByBrokers;
    Consumer<Decoded.Malformed> lost =
        settings.deadLetterTopic == null ? new LostRecordLog() : unused -> {};
    ProcessorSupplier<Object, V, String, HostRecord> decoding =
        () ->
            new DecodeProcessor<>(
                decoder, bytes, source, mostAhead, idleAfter, datedByBrokers, lost);
    KStream<String, HostRecord> decoded = stream.process(decoding, Named.as("iiswarden-decode"));
    decoded
        .split(Named.as("iiswarden-"))
        .branch(
            (key, value) -> value instanceof HostRecord.Malformed,
            Branched.withConsumer(this::toDeadLetters, "malformed"))
        .noDefaultBranch();
    Repartitioned<String, HostRecord> repartitioned =
        Repartitioned.with(Serdes.String(), new HostRecordSerde())
            .withName(HOSTS)
            .withStreamPartitioner(new HostPartitioner());
    if (settings.partitions > 0) {
      repartitioned = repartitioned.withNumberOfPartitions(settings.partitions);
    }
    KStream<String, Alert> alerts =
        decoded
            .filterNot(
                (key, value) ->
                    value instanceof HostRecord.Malformed || value instanceof HostRecord.Raised,
                Named.as("iiswarden-well-formed"))
            .repartition(repartitioned)
            .process(
                new Detection(
                    source,
                    settings.lateness,
                    mostAhead,
                    settings.repeatSpan,
                    settings.inputPartitions),
                Named.as("iiswarden-detect"));
    return alerts.merge(raised(decoded), Named.as("iiswarden-alerts"));
  }

  /** The alerts on records that the decoding tasks have evaluated themselves. */
  private static KStream<String, Alert> raised(KStream<String, HostRecord> decoded) {
    return decoded
        .filter((key, value) -> value instanceof HostRecord.Raised, Named.as("iiswarden-raised"))
        .mapValues(
            value -> ((HostRecord.Raised) value).alert(), Named.as("iiswarden-raised-alerts"));
  }

  private void toDeadLetters(KStream<String, HostRecord> malformed) {
    KStream<byte[], byte[]> records =
        malformed.map(
            (key, value) -> {
              HostRecord.Malformed letter = (HostRecord.Malformed) value;
              return KeyValue.pair(letter.key(), letter.record());
            },
            Named.as("iiswarden-dead-letters"));
    if (settings.deadLetterTopic != null) {
      records.to(settings.deadLetterTopic, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    }
  }

  /** Supplies the processor and its store. */
  private record Detection(
      RuleSource source,
      Duration lateness,
      Duration mostAhead,
      @Nullable Duration repeatSpan,
      int inputPartitions)
      implements ProcessorSupplier<String, HostRecord, String, Alert> {

    @Override
    public Processor<String, HostRecord, String, Alert> get() {
      return new DetectProcessor(HOSTS, source, lateness, mostAhead, repeatSpan, inputPartitions);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          Stores.keyValueStoreBuilder(
                  Stores.persistentKeyValueStore(HOSTS), Serdes.String(), Serdes.ByteArray())
              .withCachingEnabled());
    }
  }

  /**
   * Builds a {@link StreamsDetection}; created by {@link StreamsDetection#builder()}. Not safe for
   * use by several threads.
   */
  public static final class Builder {
    private RuleSource source = RuleSource.of(Rules.bundled(), Allowlist.empty());
    private EventDecoder decoder = EventDecoders.auto();
    private Duration lateness = DetectorBuilder.DEFAULT_LATENESS;
    private Duration mostAhead = DetectorBuilder.DEFAULT_MOST_AHEAD;
    private @Nullable Duration repeatSpan;
    private @Nullable Duration idleAfter;
    private @Nullable String deadLetterTopic;
    private int partitions;
    private int inputPartitions;
    private boolean datedByBrokers;

    Builder() {}

    /** Sets the rules; the default is the bundled rules. */
    public Builder rules(Rules rules) {
      source = RuleSource.of(rules, source.allowlist());
      return this;
    }

    /**
     * Sets the allowlist of alerts that need no attention. They are left out of the stream of
     * alerts.
     */
    public Builder allowlist(Allowlist allowlist) {
      source = RuleSource.of(source.current(), allowlist);
      return this;
    }

    /**
     * Reads rules and allowlist from a compacted topic to which {@link RulesPublisher} writes, so
     * that all processes of a fleet switch versions together. Until a valid version is published,
     * the rules and the allowlist set before are used. Call this after {@link #rules} and {@link
     * #allowlist}.
     *
     * @param builder the builder of the topology
     * @param topic every process reads the whole topic
     */
    public Builder rulesTopic(StreamsBuilder builder, String topic) {
      PublishedRules published = new PublishedRules(source.current(), source.allowlist());
      source = published;
      builder.addGlobalStore(
          Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(RULES), Serdes.String(), Serdes.ByteArray()),
          topic,
          Consumed.with(Serdes.String(), Serdes.ByteArray()),
          () -> new RulesProcessor(published));
      return this;
    }

    /** Sets the decoder of the records; the default recognises all shapes. */
    public Builder decoder(EventDecoder decoder) {
      this.decoder = decoder;
      return this;
    }

    /**
     * Sets the lateness, as for {@link dev.iiswarden.DetectorBuilder#lateness}. It need not cover
     * one input partition being read behind another. If the input advances by more than the
     * lateness without a record of a host, the host counts as silent: its waiting records are
     * evaluated and its time advances with the input.
     *
     * @param lateness the lateness, to the millisecond
     * @throws IllegalArgumentException if it is negative
     */
    public Builder lateness(Duration lateness) {
      if (lateness.isNegative()) {
        throw new IllegalArgumentException("lateness " + lateness + " is negative");
      }
      this.lateness = lateness;
      return this;
    }

    /**
     * Sets how far after its record's timestamp an event may be dated and still be believed, as for
     * {@link dev.iiswarden.DetectorBuilder#mostAhead}. A record's timestamp that is later than the
     * wall clock counts as the wall clock. The default is one day.
     */
    public Builder mostAhead(Duration most) {
      mostAhead = most;
      return this;
    }

    /**
     * Suppresses repeats of an alert for some time, as for {@link
     * dev.iiswarden.DetectorBuilder#suppressRepeats}. What it remembers is in the state store. By
     * default only what rules declare to be repeats is suppressed.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder suppressRepeats(Duration span) {
      if (span.isZero() || span.isNegative()) {
        throw new IllegalArgumentException("suppressRepeats " + span + " is not positive");
      }
      repeatSpan = span;
      return this;
    }

    /**
     * Sets how long an input partition may be without records, by the wall clock, before it counts
     * as read to the present. The time is ten times as long if nothing has come since the partition
     * was taken over from another process. By default an idle partition holds up all hosts until a
     * record comes, because a late partition cannot be distinguished from an idle one.
     */
    public Builder idleAfter(Duration span) {
      idleAfter = span;
      return this;
    }

    /**
     * Sets the topic for records that were lost: malformed, of no known shape, or without a time.
     * Without it a sample of them is logged. They get the headers that {@link DeadLetters} names.
     * Without this topic they are logged.
     */
    public Builder deadLetterTopic(String topic) {
      deadLetterTopic = topic;
      return this;
    }

    /**
     * Sets the number of partitions of the repartition topic, which divide the hosts. It limits how
     * many processes and threads can detect. The default is the number of input partitions. Do not
     * change it while there is open state.
     *
     * <p>Kafka Streams refuses to continue if the number of tasks changes. That is the higher of
     * this number and the number of input partitions. So if partitions may be added to the input,
     * set it to at least as many as the input will ever have.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder partitions(int count) {
      if (count <= 0) {
        throw new IllegalArgumentException("partitions " + count + " is not positive");
      }
      partitions = count;
      return this;
    }

    /**
     * Sets the number of input partitions; with several topics, the highest number of any topic. A
     * host's time advances only when all of them have been read, so the number says how many to
     * wait for. By default only the partitions seen so far count, which may be too few at the very
     * beginning.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder inputPartitions(int count) {
      if (count <= 0) {
        throw new IllegalArgumentException("inputPartitions " + count + " is not positive");
      }
      inputPartitions = count;
      return this;
    }

    /**
     * States that all input topics have {@code message.timestamp.type=LogAppendTime}: brokers set
     * the timestamps of the records, so the latest one says how far a partition has been read.
     *
     * <p>Without this, producers set the timestamps, and no single host may advance the time of the
     * others. Then a timestamp is not believed beyond the wall clock, and it says how far the
     * partition has been read once records of two hosts have reached it. One host alone advances
     * the partition by at most five minutes and by the time that has passed since. In a partition
     * with the records of a single host, old records are therefore held until they have all been
     * read.
     */
    public Builder logAppendTime() {
      datedByBrokers = true;
      return this;
    }

    /** Builds the detection. */
    public StreamsDetection build() {
      return new StreamsDetection(this);
    }
  }

  /** Stores what is published and puts it into use. */
  private static final class RulesProcessor implements Processor<String, byte[], Void, Void> {
    private final PublishedRules published;
    private @Nullable KeyValueStore<String, byte[]> store;

    RulesProcessor(PublishedRules published) {
      this.published = published;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      KeyValueStore<String, byte[]> kept = context.getStateStore(RULES);
      published.take(kept);
      store = kept;
    }

    @Override
    public void process(Record<String, byte[]> record) {
      if (!PublishedRules.isVersion(record.key())) {
        published.ignore(record.key());
      } else if (store != null) {
        store.put(record.key(), record.value());
        published.take(store);
      }
    }
  }
}
