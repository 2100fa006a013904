package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.testing.Await;
import dev.iiswarden.testing.CapturedLog;
import dev.iiswarden.testing.EcsLines;
import dev.iiswarden.testing.KafkaBroker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a real broker refuses: records that are too large, and what it has of old rules. */
@Timeout(300)
class StreamsOnBrokerTest {
  private static final int LARGE = 8_000_000;
  private static @Nullable KafkaBroker started;
  private static int topics;

  private final KafkaBroker broker = Objects.requireNonNull(started);
  private final Instant now = InstantSource.system().instant();
  private String input = "";
  private String alerts = "";
  private String deadLetters = "";
  private String rules = "";
  private @Nullable KafkaStreams running;

  @TempDir private Path state;

  @BeforeAll
  static void startBroker() throws Exception {
    started = KafkaBroker.start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    if (started != null) {
      started.close();
    }
  }

  @BeforeEach
  void createTopics() throws Exception {
    topics++;
    input = "in-" + topics;
    alerts = "alerts-" + topics;
    deadLetters = "dead-letters-" + topics;
    rules = "rules-" + topics;
    broker.create(input, 1, Map.of("max.message.bytes", Integer.toString(LARGE)));
    broker.create(deadLetters, 1, Map.of());
    broker.create(rules, 1, Map.of("cleanup.policy", "compact"));
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  private KafkaStreams start(
      BiConsumer<StreamsBuilder, StreamsDetection.Builder> settings, Map<String, String> more) {
    StreamsBuilder builder = new StreamsBuilder();
    StreamsDetection.Builder detection = StreamsDetection.builder().deadLetterTopic(deadLetters);
    settings.accept(builder, detection);
    detection
        .build()
        .detect(builder.stream(input, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())))
        .to(alerts, Produced.with(Serdes.String(), new AlertSerde()));
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "app-" + topics);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.address());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "200");
    properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    properties.putAll(more);
    KafkaStreams streams = new KafkaStreams(builder.build(), properties);
    running = streams;
    streams.start();
    return streams;
  }

  private void send(String topic, @Nullable String key, byte @Nullable [] value) throws Exception {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", broker.address());
    properties.put("max.request.size", Integer.toString(LARGE));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, bytes, value)).get();
    }
  }

  private void send(String line) throws Exception {
    send(input, null, line.getBytes(StandardCharsets.UTF_8));
  }

  private static String withCommand(String line, int length) {
    return line.replace(
        "\"process\":{", "\"process\":{\"command_line\":\"" + "c".repeat(length) + "\",");
  }

  /** Lets the lateness pass on two hosts. */
  private void goOn() throws Exception {
    for (String host : List.of("OTHER", "ANOTHER")) {
      send(EcsLines.ordinary(host, now.plusSeconds(60)));
    }
  }

  private List<String> raised(String host) {
    try {
      return broker.alerts(alerts).stream()
          .filter(alert -> alert.at("/host/name").asText().equals(host))
          .map(alert -> alert.at("/rule/id").asText())
          .sorted()
          .toList();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Double> totals() {
    return Objects.requireNonNull(running).metrics().values().stream()
        .filter(metric -> metric.metricName().group().equals("stream-iiswarden-metrics"))
        .filter(metric -> metric.metricName().name().endsWith("-total"))
        .collect(
            Collectors.toMap(
                metric -> metric.metricName().name(),
                metric -> (Double) metric.metricValue(),
                Double::sum));
  }

  @Test
  void aRelevantRecordOfAnySizeIsJudgedAndStopsNothing() throws Exception {
    broker.create(alerts, 1, Map.of());
    KafkaStreams streams =
        start((builder, detection) -> detection.lateness(Duration.ZERO), Map.of());
    send(withCommand(EcsLines.load("1", "WEB01", now), 2_000_000));
    send(EcsLines.load("2", "h".repeat(1_200_000), now));
    send(EcsLines.ordinary("i".repeat(1_200_000), now));
    send(EcsLines.load("3", "WEB02", now));
    goOn();
    Await.until(() -> raised("WEB02").size() == 1);
    assertEquals(raised("WEB02"), raised("WEB01"));
    assertEquals(3, broker.committed(alerts).size());
    assertEquals(2.0, totals().get("dropped-total"), () -> totals().toString());
    assertEquals(3.0, totals().get("alerts-total"), () -> totals().toString());
    assertEquals(KafkaStreams.State.RUNNING, streams.state());
    for (JsonNode alert : broker.alerts(alerts)) {
      assertEquals(
          !alert.at("/host/name").asText().equals("WEB02"),
          alert.at("/labels/shortened").isTextual());
    }
  }

  /** The event fits into a record, but its alert has the process twice. */
  @Test
  void anAlertOnALargeRecordIsShortened() throws Exception {
    broker.create(alerts, 1, Map.of());
    KafkaStreams streams =
        start((builder, detection) -> detection.lateness(Duration.ZERO), Map.of());
    send(withCommand(EcsLines.load("1", "WEB01", now), 700_000));
    goOn();
    Await.until(() -> raised("WEB01").size() == 1);
    assertTrue(broker.alerts(alerts).get(0).at("/labels/shortened").isTextual());
    assertEquals(0.0, totals().getOrDefault("dropped-total", 0.0), () -> totals().toString());
    assertEquals(KafkaStreams.State.RUNNING, streams.state());
  }

  @Test
  void aDeadLetterOfAnySizeIsThereInFull() throws Exception {
    broker.create(alerts, 1, Map.of());
    start((builder, detection) -> {}, Map.of());
    byte[] broken = ("{\"event\":" + "x".repeat(2_000_000)).getBytes(StandardCharsets.UTF_8);
    send(input, "the key", broken);
    send(input, "small", "{".getBytes(StandardCharsets.UTF_8));
    Await.until(() -> broker.committed(deadLetters).size() == 4);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    StringBuilder parts = new StringBuilder();
    for (ConsumerRecord<byte[], byte[]> letter : broker.committed(deadLetters).subList(0, 3)) {
      assertEquals("the key", new String(letter.key(), StandardCharsets.UTF_8));
      parts.append(header(letter, DeadLetters.PART)).append(' ');
      assertEquals("0", header(letter, DeadLetters.OFFSET));
      whole.writeBytes(letter.value());
    }
    assertArrayEquals(broken, whole.toByteArray());
    assertEquals("1/3 2/3 3/3 ", parts.toString());
    assertEquals(null, broker.committed(deadLetters).get(3).headers().lastHeader(DeadLetters.PART));
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private Map<String, String> handler() {
    return Map.of(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogTooLargeRecords.class.getName(),
        LogTooLargeRecords.TOPICS_CONFIG,
        alerts + ", " + deadLetters);
  }

  @Test
  void anAlertThatItsTopicRefusesIsInTheLog() throws Exception {
    broker.create(alerts, 1, Map.of("max.message.bytes", "1000"));
    try (CapturedLog log = new CapturedLog()) {
      KafkaStreams streams =
          start((builder, detection) -> detection.lateness(Duration.ZERO), handler());
      send(EcsLines.load("1", "WEB01", now));
      goOn();
      Await.until(() -> log.lines("refused a record as too large", alerts).size() == 1);
      assertTrue(
          log.lines("refused a record as too large").get(0).contains("\\\"name\\\":\\\"WEB01\\\""));
      send("{");
      Await.until(() -> broker.committed(deadLetters).size() == 1);
      assertEquals(KafkaStreams.State.RUNNING, streams.state());
    }
  }

  @Test
  void aProcessStartsWithTheLastGoodRulesOfATopicOfBadOnes() throws Exception {
    broker.create(alerts, 1, Map.of());
    String own =
        """
        package analyst;
        import dev.iiswarden.event.*;
        rule "a library was loaded" @id( "own" ) @severity( "low" )
        when $loaded : LibraryEvent( dll.path != null )
        then insert( new Detection( $loaded ) ); end
        """;
    byte[] good = PublishedRules.toBytes(Map.of("own.drl", own));
    byte[] odd = PublishedRules.toBytes(Map.of("own.drl", own.replace("\"own\"", "\"odd\"")));
    send(rules, PublishedRules.key(PublishedRules.RULES, 1), odd);
    send(rules, PublishedRules.key(PublishedRules.RULES, 2), good);
    List<byte[]> bad =
        List.of(
            "garbage".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            "[1]".getBytes(StandardCharsets.UTF_8),
            "{\"files\":null}".getBytes(StandardCharsets.UTF_8),
            "{\"files\":{}}".getBytes(StandardCharsets.UTF_8),
            "[".repeat(100_000).getBytes(StandardCharsets.UTF_8),
            PublishedRules.toBytes(Map.of("own.drl", "rule \"broken\" when")),
            new byte[1_000_000]);
    int version = 2;
    for (byte[] one : bad) {
      version++;
      send(rules, PublishedRules.key(PublishedRules.RULES, version), one);
    }
    send(
        rules,
        PublishedRules.key(PublishedRules.ALLOWLIST, 1),
        "{}".getBytes(StandardCharsets.UTF_8));
    send(rules, "rules/zzz", odd);
    send(rules, "zzz", odd);
    send(rules, "", odd);
    try (CapturedLog log = new CapturedLog()) {
      start(
          (builder, detection) -> detection.lateness(Duration.ZERO).rulesTopic(builder, rules),
          Map.of());
      send(EcsLines.load("1", "WEB01", now));
      goOn();
      Await.until(() -> !raised("WEB01").isEmpty());
      assertEquals(List.of("own"), raised("WEB01"));
      assertEquals(bad.size() + 1, log.lines("is invalid and is rejected").size());
      assertEquals(3, log.lines("is not that of a version").size());
    }
    send(rules, PublishedRules.key(PublishedRules.RULES, version + 1), odd);
    int[] id = {1};
    Await.until(
        () -> {
          id[0]++;
          try {
            send(EcsLines.load("" + id[0], "WEB02", now));
            goOn();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return raised("WEB02").contains("odd");
        });
  }
}
