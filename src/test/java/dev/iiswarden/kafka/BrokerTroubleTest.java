package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.Await;
import dev.iiswarden.testing.EcsLines;
import dev.iiswarden.testing.KafkaBroker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What happens to topics and processes while detection runs. Processes that are killed are those of
 * the {@code stream} command's test.
 */
@Timeout(300)
class BrokerTroubleTest {
  private static final Instant START = Instant.parse("2026-03-01T03:00:00Z");
  private static final int MILLIS_TO_NOTICE = 6_000;
  private static @Nullable KafkaBroker started;
  private static int topics;

  private final KafkaBroker broker = Objects.requireNonNull(started);
  private final Map<KafkaStreams, List<Throwable>> failures = new LinkedHashMap<>();
  private String input = "";
  private String alerts = "";
  private String deadLetters = "";

  @TempDir private Path directory;

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
  void nameTopics() {
    topics++;
    input = "in-" + topics;
    alerts = "alerts-" + topics;
    deadLetters = "dead-letters-" + topics;
  }

  @AfterEach
  void stopAll() {
    failures.keySet().forEach(KafkaStreams::close);
  }

  /** Creates the topics. The records are as old as their events, and must not be cleared away. */
  private void create(int partitions) throws Exception {
    for (String topic : List.of(input, alerts, deadLetters)) {
      broker.create(topic, topic.equals(input) ? partitions : 1, Map.of("retention.ms", "-1"));
    }
  }

  private KafkaStreams start(String name, StreamsDetection.Builder detection) {
    return start(name, detection, Map.of());
  }

  private KafkaStreams start(
      String name, StreamsDetection.Builder detection, Map<String, String> more) {
    StreamsBuilder builder = new StreamsBuilder();
    detection
        .deadLetterTopic(deadLetters)
        .build()
        .detect(builder.stream(input, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())))
        .to(alerts, Produced.with(Serdes.String(), new AlertSerde()));
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "app-" + topics);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.address());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve(name).toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "100");
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, MILLIS_TO_NOTICE);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "500");
    properties.putAll(more);
    KafkaStreams streams = new KafkaStreams(builder.build(), properties);
    List<Throwable> failed = new ArrayList<>();
    failures.put(streams, failed);
    streams.setUncaughtExceptionHandler(
        failure -> {
          synchronized (failed) {
            failed.add(failure);
          }
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
    return streams;
  }

  /** Closes a process so that the next one need not wait until the broker misses it. */
  private static void leave(KafkaStreams streams) {
    assertTrue(
        streams.close(
            CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(Duration.ofSeconds(30))));
  }

  private static void awaitWork(KafkaStreams streams) throws InterruptedException {
    Await.until(
        () ->
            streams.state() == KafkaStreams.State.RUNNING
                && streams.metadataForLocalThreads().stream()
                    .anyMatch(thread -> !thread.activeTasks().isEmpty()));
  }

  private boolean hasFailed() {
    return failures.keySet().stream().anyMatch(one -> one.state() == KafkaStreams.State.ERROR);
  }

  private void assertNothingFailed() {
    failures.forEach((streams, failed) -> assertEquals(List.of(), failed));
  }

  /** A log line, and when it was written. */
  private record Line(String text, Instant time) {}

  private static Line registered(String host, Instant time) {
    return new Line(EcsLines.registration("r-" + host, host, time), time);
  }

  private static Line dropped(String host, Instant time) {
    return new Line(EcsLines.drop("d-" + host, host, time), time);
  }

  private void send(int partition, Line line) throws Exception {
    broker.send(input, partition, line.time(), line.text());
  }

  /** Lets an hour pass in some partitions, on two hosts each. */
  private void goOn(int partitions) throws Exception {
    for (int partition = 0; partition < partitions; partition++) {
      for (String host : List.of("OTHER", "ANOTHER")) {
        Instant time = START.plus(Duration.ofHours(1));
        send(partition, new Line(EcsLines.ordinary(host, time), time));
      }
    }
  }

  private static List<String> undisturbed(List<Line> lines) {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = Detector.builder().sink(sink).build()) {
      lines.forEach(line -> detector.accept(EventDecoders.auto().decode(line.text())));
    }
    return sink.alerts().stream().map(Alert::id).sorted().toList();
  }

  private List<String> raised() {
    return broker.committed(alerts).stream()
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .sorted()
        .toList();
  }

  /** Waits for as many alerts as expected, and says which were raised. */
  private void awaitAlerts(List<String> expected) throws InterruptedException {
    assertTrue(!expected.isEmpty());
    Await.until(() -> hasFailed() || broker.records(alerts) >= expected.size());
    assertNothingFailed();
    Await.until(() -> raised().size() >= expected.size());
    assertEquals(expected, raised());
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.address()));
  }

  @Test
  void aProcessThatJoinsAndOneThatLeavesUnderLoadChangeNoAlert() throws Exception {
    create(4);
    List<String> hosts = IntStream.range(0, 40).mapToObj(host -> "WEB" + host).toList();
    List<Line> lines = new ArrayList<>();
    KafkaStreams first = start("one", StreamsDetection.builder().inputPartitions(4));
    KafkaStreams second = start("two", StreamsDetection.builder().inputPartitions(4));
    awaitWork(first);
    awaitWork(second);
    for (int host = 0; host < hosts.size(); host++) {
      lines.add(registered(hosts.get(host), START.plusSeconds(host)));
      send(host % 4, lines.get(host));
    }
    KafkaStreams third = start("three", StreamsDetection.builder().inputPartitions(4));
    for (int host = 0; host < hosts.size(); host++) {
      if (host == 20) {
        awaitWork(third);
        // Returns at once, so that the process leaves while the rest is being sent.
        first.close(Duration.ZERO);
      }
      Line line = dropped(hosts.get(host), START.plusSeconds(600 + host));
      lines.add(line);
      // Through another partition than before.
      send((host + 1) % 4, line);
    }
    goOn(4);
    awaitAlerts(undisturbed(lines));
    assertTrue(first.state().isShuttingDown() || first.state().hasCompletedShutdown());
    assertNothingFailed();
  }

  /**
   * The tasks are as many as the partitions of the hosts, so the input may have up to that many.
   */
  @Test
  void partitionsThatWereAddedWhileNoProcessRanCompleteWhatWasOpen() throws Exception {
    create(2);
    List<Line> lines =
        List.of(registered("WEB01", START), dropped("WEB01", START.plusSeconds(600)));
    KafkaStreams before = start("one", StreamsDetection.builder().partitions(4).inputPartitions(2));
    send(0, lines.get(0));
    Await.until(() -> consumed() == 1);
    leave(before);
    addPartitions(4);
    start("one", StreamsDetection.builder().partitions(4).inputPartitions(4));
    send(3, lines.get(1));
    goOn(4);
    awaitAlerts(undisturbed(lines));
    assertNothingFailed();
  }

  /**
   * Without {@code partitions} the tasks are as many as the input's partitions, and must stay so.
   */
  @Test
  void moreTasksThanBeforeAreRefusedAndAnotherApplicationIdReadsAllAgain() throws Exception {
    create(2);
    List<Line> lines =
        List.of(registered("WEB01", START), dropped("WEB01", START.plusSeconds(600)));
    KafkaStreams before =
        start(
            "one",
            StreamsDetection.builder().inputPartitions(2),
            Map.of(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "500"));
    send(0, lines.get(0));
    Await.until(() -> consumed() == 1);
    addPartitions(4);
    assertRefused(before);
    send(3, lines.get(1));
    goOn(4);
    assertRefused(start("one", StreamsDetection.builder().inputPartitions(4)));
    assertEquals(0, broker.records(alerts));
    start(
        "two",
        StreamsDetection.builder().inputPartitions(4),
        Map.of(StreamsConfig.APPLICATION_ID_CONFIG, "another-" + topics));
    awaitAlerts(undisturbed(lines));
    assertNothingFailed();
  }

  private void assertRefused(KafkaStreams streams) throws InterruptedException {
    Await.until(() -> streams.state() == KafkaStreams.State.ERROR);
    List<Throwable> failed = Objects.requireNonNull(failures.remove(streams));
    assertTrue(
        failed.get(0).toString().contains("has invalid partitions: expected: 4; actual: 2"),
        failed::toString);
  }

  private void addPartitions(int count) throws Exception {
    try (Admin admin = admin()) {
      admin.createPartitions(Map.of(input, NewPartitions.increaseTo(count))).all().get();
    }
  }

  private long consumed() {
    try {
      return broker.consumed("app-" + topics, input);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void recordsThatWereDeletedUnreadStopNothing() throws Exception {
    create(1);
    List<Line> lines =
        List.of(registered("WEB01", START), dropped("WEB01", START.plusSeconds(600)));
    KafkaStreams before = start("one", StreamsDetection.builder().inputPartitions(1));
    send(0, lines.get(0));
    Await.until(() -> consumed() == 1);
    leave(before);
    for (int host = 0; host < 50; host++) {
      send(0, new Line(EcsLines.load("l", "LOST" + host, START), START));
    }
    try (Admin admin = admin()) {
      TopicPartition all = new TopicPartition(input, 0);
      admin.deleteRecords(Map.of(all, RecordsToDelete.beforeOffset(-1))).all().get();
    }
    send(0, lines.get(1));
    goOn(1);
    KafkaStreams after = start("one", StreamsDetection.builder().inputPartitions(1));
    awaitAlerts(undisturbed(lines));
    assertEquals(KafkaStreams.State.RUNNING, after.state());
    assertNothingFailed();
  }

  @ParameterizedTest
  @ValueSource(strings = {StreamsConfig.EXACTLY_ONCE_V2, StreamsConfig.AT_LEAST_ONCE})
  void whatWasWrittenInATransactionThatWasAbortedRaisesNothing(String guarantee) throws Exception {
    create(1);
    Line kept = new Line(EcsLines.load("k", "KEPT", START), START);
    Line aborted = new Line(EcsLines.load("a", "ABORTED", START), START);
    start(
        "one",
        StreamsDetection.builder().inputPartitions(1),
        Map.of(
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            guarantee,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed"));
    broker.sendInTransaction(input, 0, aborted.time(), aborted.text(), false);
    broker.sendInTransaction(input, 0, kept.time(), kept.text(), true);
    goOn(1);
    awaitAlerts(undisturbed(List.of(kept)));
    assertNothingFailed();
  }

  @Test
  void everyEventOfALargeMessageIsJudgedAndABrokenOneLosesNone() throws Exception {
    create(1);
    List<Line> lines = new ArrayList<>();
    for (int host = 0; host < 10; host++) {
      String line = EcsLines.load("l", "WEB" + host, START);
      String large =
          line.replace(
              "\"process\":{", "\"process\":{\"command_line\":\"" + "c".repeat(100_000) + "\",");
      lines.add(new Line(large, START));
    }
    List<String> texts = new ArrayList<>(lines.stream().map(Line::text).toList());
    texts.add(5, "{\"event\":");
    byte[] message = String.join("\n", texts).getBytes(StandardCharsets.UTF_8);
    start("one", StreamsDetection.builder().inputPartitions(1));
    send(0, new Line(new String(message, StandardCharsets.UTF_8), START));
    goOn(1);
    awaitAlerts(undisturbed(lines));
    Await.until(() -> broker.committed(deadLetters).size() == 2);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (ConsumerRecord<byte[], byte[]> part : broker.committed(deadLetters)) {
      whole.writeBytes(part.value());
    }
    assertArrayEquals(message, whole.toByteArray());
    assertNothingFailed();
  }
}
