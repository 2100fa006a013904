package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.cli.Program.Ended;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.Await;
import dev.iiswarden.testing.EcsLines;
import dev.iiswarden.testing.KafkaBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program detects on a Kafka topic: real processes, a real broker. */
@Timeout(300)
class StreamCommandTest {
  private static final int PARTITIONS = 4;
  private static final int HOSTS = 12;
  private static final Instant START = Instant.parse("2026-03-01T03:00:00Z");
  private static @Nullable KafkaBroker started;
  private static int topics;

  @TempDir private Path directory;

  private final List<Process> running = new ArrayList<>();
  private String input = "";
  private String alerts = "";
  private String deadLetters = "";
  private String rules = "";

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

  private final KafkaBroker broker = Objects.requireNonNull(started);

  @BeforeEach
  void createTopics() throws Exception {
    topics++;
    input = "windows-logs-" + topics;
    alerts = "alerts-" + topics;
    deadLetters = "dead-letters-" + topics;
    rules = "rules-" + topics;
    // Records are as old as their events, and would be cleared away.
    Map<String, String> forEver = Map.of("retention.ms", "-1");
    broker.create(input, PARTITIONS, forEver);
    broker.create(alerts, 2, forEver);
    broker.create(deadLetters, 1, forEver);
    broker.create(rules, 1, Map.of("cleanup.policy", "compact"));
    Files.writeString(
        directory.resolve("client.properties"),
        """
        session.timeout.ms=6000
        heartbeat.interval.ms=1000
        transaction.timeout.ms=10000
        commit.interval.ms=200
        """);
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    for (Process process : running) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(String name, Object... more) throws IOException {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "stream",
                "--bootstrap",
                broker.address(),
                "--config",
                directory.resolve("client.properties"),
                "--application-id",
                input,
                "--input",
                input,
                "--alerts",
                alerts,
                "--dead-letters",
                deadLetters,
                "--suppress-repeats",
                "0s",
                "--state",
                directory.resolve("state-" + name)));
    arguments.addAll(List.of(more));
    Process process =
        iiswarden(arguments.toArray())
            .start(directory.resolve(name + ".out"), directory.resolve(name + ".err"));
    running.add(process);
    return process;
  }

  private void awaitRunning(String name) throws InterruptedException {
    Await.until(() -> read(name + ".out").contains("reading " + input));
  }

  private String read(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      return "";
    }
  }

  /** A line, when it happened, and the partition it is sent to. */
  private record Line(String text, Instant time, int partition) {}

  /** Of several hosts, in disorder by less than the lateness, to any partition. */
  private static List<Line> stream(int length) {
    Random random = new Random(20260301);
    List<Line> lines = new ArrayList<>();
    Instant time = START;
    for (int i = 0; i < length; i++) {
      time = time.plusMillis(random.nextInt(60_000));
      Instant at = time.minusMillis(random.nextInt(30_000));
      String host = "WEB" + random.nextInt(HOSTS);
      String id = Integer.toString(i);
      String text =
          switch (random.nextInt(12)) {
            case 0 -> EcsLines.registration(id, host, at);
            case 1 -> EcsLines.drop(id, host, at);
            case 2 -> EcsLines.load(id, host, at);
            default -> EcsLines.ordinary(host, at);
          };
      lines.add(new Line(text, at, random.nextInt(PARTITIONS)));
    }
    for (int host = 0; host < HOSTS; host++) {
      Instant end = time.plus(Duration.ofHours(1));
      lines.add(new Line(EcsLines.ordinary("WEB" + host, end), end, host % PARTITIONS));
    }
    return lines;
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

  private void send(List<Line> lines) throws Exception {
    for (Line line : lines) {
      broker.send(input, line.partition(), line.time(), line.text());
    }
  }

  private void awaitAlerts(List<String> expected) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (raised().size() < expected.size() && System.nanoTime() < end) {
      Thread.sleep(500);
    }
    assertEquals(expected, raised(), this::errors);
  }

  private String errors() {
    return Stream.of("one", "two", "three")
        .map(name -> name + ": " + read(name + ".err"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void alertsComeOfATopic() throws Exception {
    List<Line> lines = stream(200);
    start("one");
    awaitRunning("one");
    broker.send(input, 2, START, "{\"event\":");
    send(lines);
    awaitAlerts(undisturbed(lines));
    assertTrue(
        broker.alerts(alerts).stream()
            .anyMatch(alert -> alert.at("/rule/id").asText().equals("registry-then-file")));
    Await.until(() -> broker.committed(deadLetters).size() == 1);
    assertEquals(
        "{\"event\":",
        new String(broker.committed(deadLetters).get(0).value(), StandardCharsets.UTF_8));
  }

  @Test
  void killedInTheMiddleStartedAgainAndJoinedByAnotherNoAlertIsLostOrRepeated() throws Exception {
    List<Line> lines = stream(3_000);
    List<String> expected = undisturbed(lines);
    assertTrue(expected.size() > 100, () -> "only " + expected.size());
    Process first = start("one", "--exactly-once");
    start("two", "--exactly-once");
    awaitRunning("one");
    awaitRunning("two");
    send(lines.subList(0, 1_000));
    first.destroyForcibly().waitFor();
    send(lines.subList(1_000, 1_800));
    start("one", "--exactly-once");
    send(lines.subList(1_800, 2_400));
    start("three", "--exactly-once");
    send(lines.subList(2_400, lines.size()));
    awaitAlerts(expected);
  }

  @Test
  void withoutExactlyOnceWhatIsRepeatedAfterACrashHasTheSameId() throws Exception {
    List<Line> lines = stream(1_000);
    List<String> expected = undisturbed(lines);
    Process first = start("one");
    awaitRunning("one");
    send(lines.subList(0, 500));
    first.destroyForcibly().waitFor();
    start("one");
    send(lines.subList(500, lines.size()));
    Await.until(() -> Set.copyOf(raised()).size() >= expected.size());
    assertEquals(Set.copyOf(expected), Set.copyOf(raised()));
  }

  @Test
  void whatWasWrittenInATransactionThatWasAbortedRaisesNothing() throws Exception {
    List<Line> lines =
        List.of(
            new Line(EcsLines.load("kept", "WEB0", START), START, 0),
            new Line(EcsLines.ordinary("WEB1", START), START, 0));
    start("one", "--lateness", "PT0S", "--idle-after", "PT1S");
    awaitRunning("one");
    broker.sendInTransaction(
        input, 0, START, EcsLines.load("aborted", "WEB0", START), /* commit= */ false);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      for (Line line : lines.subList(partition == 0 ? 0 : 1, 2)) {
        broker.send(input, partition, line.time(), line.text());
      }
    }
    awaitAlerts(undisturbed(lines));
  }

  @Test
  void aFleetGoesOverToOtherRulesTogether() throws Exception {
    start("one", "--rules-topic", rules, "--lateness", "PT0S");
    start("two", "--rules-topic", rules, "--lateness", "PT0S");
    awaitRunning("one");
    awaitRunning("two");
    Path own = Files.createDirectory(directory.resolve("own"));
    Files.writeString(
        own.resolve("own.drl"),
        """
        package analyst;
        import dev.iiswarden.event.*;
        rule "a library was loaded" @id( "own" ) @severity( "low" )
        when $loaded : LibraryEvent( dll.path != null )
        then insert( new Detection( $loaded ) ); end
        """);
    Ended published = publish(own).with(0);
    assertEquals("published rules, version 1", published.out().strip());
    Files.writeString(own.resolve("own.drl"), "rule \"broken\" when");
    assertTrue(publish(own).with(2).err().contains("own.drl"));
    int[] sent = new int[1];
    Await.until(
        () -> {
          sent[0]++;
          sendToAll(sent[0]);
          return lastRules().equals(List.of("own"));
        });
  }

  /**
   * To every partition a load, each on a host of its own, and an event of another host, because no
   * host alone advances a partition.
   */
  private void sendToAll(int round) {
    try {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        Instant time = START.plusSeconds(round * 60L);
        String line = EcsLines.load(round + "-" + partition, "HOST" + partition, time);
        broker.send(input, partition, time, line);
        broker.send(input, partition, time, EcsLines.ordinary("OTHER", time));
      }
      Thread.sleep(500);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** What rules spoke in the latest alerts, as many as there are partitions. */
  private List<String> lastRules() {
    try {
      List<String> all =
          broker.alerts(alerts).stream()
              .sorted(Comparator.comparing((JsonNode alert) -> alert.at("/@timestamp").asText()))
              .map(alert -> alert.at("/rule/id").asText())
              .toList();
      return all.subList(Math.max(0, all.size() - PARTITIONS), all.size()).stream()
          .distinct()
          .toList();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Ended publish(Path own) throws Exception {
    return iiswarden(
            "publish", "--bootstrap", broker.address(), "--rules-topic", rules, "--rules", own)
        .run();
  }

  @Test
  void theBrokersSayWhoDatesTheRecords() throws Exception {
    broker.create(input + "-dated", 1, Map.of("message.timestamp.type", "LogAppendTime"));
    Properties properties = new Properties();
    properties.put("bootstrap.servers", broker.address());
    KafkaOptions options = new KafkaOptions();
    assertTrue(options.haveLogAppendTime(properties, List.of(input + "-dated")));
    assertFalse(options.haveLogAppendTime(properties, List.of(input, input + "-dated")));
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    Ended ended =
        iiswarden(
                "stream", "--bootstrap", broker.address(), "--input", "nothing", "--alerts", alerts)
            .run()
            .with(1);
    assertTrue(ended.err().contains("there is no topic nothing; create it"), ended::toString);
    ended = iiswarden("stream", "--input", input, "--alerts", alerts).run().with(2);
    assertTrue(ended.err().contains("no brokers: name them with --bootstrap"), ended::toString);
    Files.writeString(
        directory.resolve("short.properties"),
        "default.api.timeout.ms=3000\nrequest.timeout.ms=1000\n");
    ended =
        iiswarden(
                "stream",
                "--bootstrap",
                "localhost:1",
                "--config",
                directory.resolve("short.properties"),
                "--input",
                input,
                "--alerts",
                alerts)
            .run()
            .with(1);
    assertTrue(ended.err().contains("localhost:1 do not answer"), ended::toString);
  }
}
