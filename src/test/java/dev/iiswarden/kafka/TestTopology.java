package dev.iiswarden.kafka;

import dev.iiswarden.alert.Alert;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.jspecify.annotations.Nullable;

/** A topology with detection that runs without a broker. */
final class TestTopology implements AutoCloseable {
  static final String INPUT = "windows-logs";
  static final String DEAD_LETTERS = "dead-letters";

  /** What the wall clock shows at first: long after the records of most tests. */
  static final Instant WALL_CLOCK = Instant.parse("2027-01-01T00:00:00Z");

  final TopologyTestDriver driver;
  final List<Alert> alerts = new ArrayList<>();

  /**
   * Creates a topology.
   *
   * @param state the directory of the stores
   * @param settings sets what a test is about
   */
  TestTopology(Path state, BiConsumer<StreamsBuilder, StreamsDetection.Builder> settings) {
    this(state, WALL_CLOCK, settings);
  }

  /**
   * Creates a topology.
   *
   * @param state the directory of the stores
   * @param wallClock what the wall clock shows at first
   * @param settings sets what a test is about
   */
  TestTopology(
      Path state,
      Instant wallClock,
      BiConsumer<StreamsBuilder, StreamsDetection.Builder> settings) {
    StreamsBuilder builder = new StreamsBuilder();
    StreamsDetection.Builder detection = StreamsDetection.builder().deadLetterTopic(DEAD_LETTERS);
    settings.accept(builder, detection);
    detection
        .build()
        .detect(builder.stream(INPUT, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())))
        .foreach((id, alert) -> alerts.add(alert));
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "iiswarden-test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    driver = new TopologyTestDriver(builder.build(), properties, wallClock);
  }

  void pipe(String line, Instant timestamp) {
    pipe(null, line, timestamp);
  }

  void pipe(@Nullable String key, String line, Instant timestamp) {
    driver
        .createInputTopic(INPUT, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
            line.getBytes(StandardCharsets.UTF_8),
            timestamp);
  }

  TestOutputTopic<byte[], byte[]> deadLetters() {
    return driver.createOutputTopic(
        DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    driver.close();
  }
}
