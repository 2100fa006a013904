package dev.iiswarden.kafka;

import dev.iiswarden.DetectorBuilder;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds detection to a Kafka Streams topology: from a stream of log records, or of events, to one of
 * alerts.
 *
 * <pre>
 *   StreamsBuilder builder = new StreamsBuilder();
 *   StreamsDetection.builder().deadLetterTopic("dead-letters").build()
 *       .detect(builder.stream("windows-logs", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())))
 *       .to("alerts", Produced.with(Serdes.String(), new AlertSerde()));
 * </pre>
 *
 * <p>Records are decoded where they are read, whatever their key; what some rule is interested in
 * goes through a repartition topic, keyed by the machine it is from, to the task that has that
 * machine's partition. There its open state lies in a state store with a changelog, and is written
 * when it changes. Delivery is as the application has it: with {@code exactly_once_v2} no alert is
 * lost or repeated, with {@code at_least_once} one may be repeated, with the same {@link
 * Alert#id()}, which is the key of the stream of alerts.
 *
 * <p>Once in a topology. Immutable; {@link #detect} is not safe for use by several threads, like
 * the {@link StreamsBuilder} it adds to.
 */
public final class StreamsDetection {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsDetection.class);
  private static final String HOSTS = "iiswarden-hosts";
  private static final String RULES = "iiswarden-rules";

  private final Builder settings;

  private StreamsDetection(Builder settings) {
    this.settings = settings;
  }

  /** A builder of a detection with the bundled rules and a lateness of 35 seconds. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Adds detection on log records.
   *
   * @param records in any shape, see {@link EventDecoders}; keys do not matter
   * @return alerts by their ids
   */
  public <K> KStream<String, Alert> detect(KStream<K, byte[]> records) {
    MessageDecoder decoder = new MessageDecoder(settings.decoder);
    return detect(records, decoder::decode, Function.identity());
  }

  /**
   * Adds detection on events that have been decoded, or made, by the application.
   *
   * @param events keys do not matter
   * @return alerts by their ids
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
    ProcessorSupplier<Object, V, String, HostRecord> decoding =
        () -> new DecodeProcessor<>(decoder, bytes, source, mostAhead, idleAfter);
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
    return decoded
        .filterNot(
            (key, value) -> value instanceof HostRecord.Malformed,
            Named.as("iiswarden-well-formed"))
        .repartition(repartitioned)
        .process(
            new Detection(source, settings.lateness, mostAhead, settings.inputPartitions),
            Named.as("iiswarden-detect"));
  }

  private void toDeadLetters(KStream<String, HostRecord> malformed) {
    KStream<byte[], byte[]> records =
        malformed.map(
            (key, value) -> {
              HostRecord.Malformed letter = (HostRecord.Malformed) value;
              return KeyValue.pair(letter.key(), letter.record());
            },
            Named.as("iiswarden-dead-letters"));
    if (settings.deadLetterTopic == null) {
      records.foreach(
          (key, value) ->
              LOG.warn("malformed record: {}", new String(value, StandardCharsets.UTF_8)),
          Named.as("iiswarden-log-dead-letters"));
    } else {
      records.to(settings.deadLetterTopic, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    }
  }

  /** The processor and its store. */
  private record Detection(
      RuleSource source, Duration lateness, Duration mostAhead, int inputPartitions)
      implements ProcessorSupplier<String, HostRecord, String, Alert> {

    @Override
    public Processor<String, HostRecord, String, Alert> get() {
      return new DetectProcessor(HOSTS, source, lateness, mostAhead, inputPartitions);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          Stores.keyValueStoreBuilder(
                  Stores.persistentKeyValueStore(HOSTS), Serdes.String(), Serdes.ByteArray())
              .withCachingEnabled());
    }
  }

  /** Builds a detection. Not safe for use by several threads. */
  public static final class Builder {
    private RuleSource source = RuleSource.of(Rules.bundled(), Allowlist.empty());
    private EventDecoder decoder = EventDecoders.auto();
    private Duration lateness = DetectorBuilder.DEFAULT_LATENESS;
    private Duration mostAhead = DetectorBuilder.DEFAULT_MOST_AHEAD;
    private @Nullable Duration idleAfter;
    private @Nullable String deadLetterTopic;
    private int partitions;
    private int inputPartitions;

    Builder() {}

    /** The rules, in place of the bundled ones. */
    public Builder rules(Rules rules) {
      source = RuleSource.of(rules, source.allowlist());
      return this;
    }

    /** Alerts that need no attention: they are not in the stream of alerts. */
    public Builder allowlist(Allowlist allowlist) {
      source = RuleSource.of(source.current(), allowlist);
      return this;
    }

    /**
     * Takes rules and allowlist from a compacted topic, to which {@link RulesPublisher} writes, so
     * that all processes of a fleet go over to others together. What was set before holds until
     * something good is published. Comes last of the three.
     *
     * @param builder of the topology
     * @param topic read whole by every process
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

    /** What reads records, in place of the one that recognises their shapes. */
    public Builder decoder(EventDecoder decoder) {
      this.decoder = decoder;
      return this;
    }

    /**
     * As for {@link dev.iiswarden.DetectorBuilder#lateness}: beside what partitions of the input
     * are read one behind the other, which does not matter. It is also how far the input must have
     * gone on for a host to be silent, from which nothing has come: what waits of it is judged
     * then, and its time passes as the input's does.
     *
     * @param lateness to the millisecond
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
     * How far ahead of its record's timestamp an event may be dated and still be believed, as for
     * {@link dev.iiswarden.DetectorBuilder#mostAhead}: a day without this.
     */
    public Builder mostAhead(Duration most) {
      mostAhead = most;
      return this;
    }

    /**
     * For how long nothing may come from a partition of the input until it counts as read to the
     * present, by the wall clock; ten times as long when nothing has come since the partition was
     * taken over from another process. Without this it holds up all hosts until something comes:
     * the partition may be late rather than idle, and nobody can tell which.
     */
    public Builder idleAfter(Duration span) {
      idleAfter = span;
      return this;
    }

    /**
     * Where records go that cannot be decoded, with the headers that {@link DeadLetters} names.
     * Without it they are logged.
     */
    public Builder deadLetterTopic(String topic) {
      deadLetterTopic = topic;
      return this;
    }

    /**
     * How many partitions the hosts are divided among, and so by how many processes and threads
     * they can be detected: as many as the input has without this. Not to be changed while there is
     * open state.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder partitions(int count) {
      if (count <= 0) {
        throw new IllegalArgumentException(count + " is not positive");
      }
      partitions = count;
      return this;
    }

    /**
     * How many partitions the input has, of several topics the most that one has. A host's time
     * goes on when all of them have been read, and this tells how many there are to wait for;
     * without it those count that have been heard of, which may be too few at the very beginning.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder inputPartitions(int count) {
      if (count <= 0) {
        throw new IllegalArgumentException(count + " is not positive");
      }
      inputPartitions = count;
      return this;
    }

    /** The detection. */
    public StreamsDetection build() {
      return new StreamsDetection(this);
    }
  }

  /** Keeps what is published, and lets it be taken up. */
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
      if (store != null) {
        store.put(record.key(), record.value());
        published.take(store);
      }
    }
  }
}
