package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.CapturedLog;
import dev.iiswarden.testing.IisEvents;
import dev.iiswarden.testing.Story;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The behaviour of the topology that does not depend on the rules. */
class StreamsDetectionTest {
  private static final Instant NOW = Instant.parse("2026-03-04T23:00:00Z");
  private static final List<String> INTRUSION =
      Story.begin()
          .started(Story.APPCMD, "appcmd install module /name:E /image:C:\\e.dll")
          .wrote("C:\\Windows\\System32\\inetsrv\\e.dll")
          .loaded("C:\\Windows\\System32\\inetsrv\\e.dll")
          .lines();
  private static final String ORDINARY = Story.begin().wrote("C:\\a.txt").lines().get(0);

  @TempDir private Path state;

  private int registered;

  private TestTopology topology() {
    return new TestTopology(state, (builder, detection) -> {});
  }

  /** Ends the story: two hosts go on, because no host alone advances the partition for certain. */
  private static void goOn(TestTopology topology) {
    topology.pipe(ORDINARY, NOW.plusSeconds(60));
    topology.pipe(ORDINARY.replace("WEB01", "OTHER"), NOW.plusSeconds(60));
  }

  private static List<String> undisturbed() {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = Detector.builder().sink(sink).build()) {
      INTRUSION.forEach(line -> detector.accept(EventDecoders.auto().decode(line)));
    }
    return ids(sink.alerts());
  }

  private static List<String> ids(List<Alert> alerts) {
    return alerts.stream().map(Alert::id).sorted().toList();
  }

  @Test
  void whatWaitsOfASilentHostIsJudgedWhenTheInputHasGoneOn() {
    try (TestTopology topology = topology()) {
      INTRUSION.forEach(line -> topology.pipe(line, NOW));
      topology.pipe(ORDINARY.replace("WEB01", "OTHER"), NOW.plusSeconds(20));
      assertTrue(topology.alerts.size() < undisturbed().size());
      topology.pipe(ORDINARY.replace("WEB01", "OTHER"), NOW.plusSeconds(60));
      topology.pipe(ORDINARY.replace("WEB01", "THIRD"), NOW.plusSeconds(60));
      assertEquals(undisturbed(), ids(topology.alerts));
    }
  }

  @Test
  void anIdlePartitionCountsAsReadToThePresentOnceItHasBeenIdleForLongEnough() {
    try (TestTopology topology =
        new TestTopology(
            state, (builder, detection) -> detection.idleAfter(Duration.ofSeconds(60)))) {
      topology.driver.advanceWallClockTime(Duration.ZERO);
      INTRUSION.forEach(line -> topology.pipe(line, NOW));
      for (int i = 0; i < 3; i++) {
        topology.driver.advanceWallClockTime(Duration.ofSeconds(15));
      }
      assertTrue(topology.alerts.size() < undisturbed().size());
      for (int i = 0; i < 3; i++) {
        topology.driver.advanceWallClockTime(Duration.ofSeconds(15));
      }
      assertEquals(undisturbed(), ids(topology.alerts));
    }
  }

  @Test
  void theProducersKeyDoesNotMatter() {
    try (TestTopology topology = topology()) {
      for (int i = 0; i < INTRUSION.size(); i++) {
        topology.pipe("key" + i, INTRUSION.get(i), NOW);
      }
      goOn(topology);
      assertEquals(undisturbed(), ids(topology.alerts));
    }
  }

  @Test
  void recordsAreKeyedByTheMachineWhateverItIsCalled() {
    try (TestTopology topology = topology()) {
      topology.pipe(INTRUSION.get(0), NOW);
      topology.pipe(INTRUSION.get(1).replace("WEB01", "web01.corp.example"), NOW);
      topology.pipe(ORDINARY.replace("WEB01", "OTHER"), NOW);
      try (var hosts = topology.driver.<String, byte[]>getKeyValueStore("iiswarden-hosts").all()) {
        List<String> keys = new ArrayList<>();
        hosts.forEachRemaining(host -> keys.add(host.key));
        assertEquals(
            List.of("\u0000heard/web01"),
            keys.stream().filter(key -> key.startsWith("\u0000heard/")).toList());
        assertTrue(
            keys.stream()
                .filter(key -> !key.startsWith("\u0000") && !key.startsWith("DELIVERY"))
                .allMatch(key -> key.startsWith("web01\u0000")),
            keys::toString);
      }
    }
  }

  @Test
  void nothingIsKeptOfHostsOfWhichNothingIsOpen() {
    try (TestTopology topology = topology()) {
      for (int i = 0; i < 1_000; i++) {
        topology.pipe(ORDINARY.replace("WEB01", "WEB" + i), NOW.plusSeconds(i));
      }
      try (var hosts = topology.driver.<String, byte[]>getKeyValueStore("iiswarden-hosts").all()) {
        hosts.forEachRemaining(host -> assertTrue(host.key.startsWith("\u0000"), host.key));
      }
    }
  }

  @Test
  void whatCannotBeDecodedGoesToTheDeadLetters() {
    try (TestTopology topology = topology()) {
      topology.pipe("k", "{\"event\":", NOW);
      INTRUSION.forEach(line -> topology.pipe(line, NOW));
      goOn(topology);
      assertEquals(undisturbed(), ids(topology.alerts));
      TestRecord<byte[], byte[]> letter = topology.deadLetters().readRecord();
      assertArrayEquals("k".getBytes(StandardCharsets.UTF_8), letter.key());
      assertArrayEquals("{\"event\":".getBytes(StandardCharsets.UTF_8), letter.value());
      Map<String, String> headers = new TreeMap<>();
      letter
          .headers()
          .forEach(
              header ->
                  headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
      assertEquals(TestTopology.INPUT, headers.get(DeadLetters.TOPIC));
      assertEquals("0", headers.get(DeadLetters.PARTITION));
      assertEquals("0", headers.get(DeadLetters.OFFSET));
      assertEquals("malformed", headers.get(DeadLetters.CAUSE));
      assertEquals("1", headers.get(DeadLetters.LOST));
      assertTrue(
          String.valueOf(headers.get(DeadLetters.REASON)).contains("end-of-input"),
          headers::toString);
      assertTrue(topology.deadLetters().isEmpty());
    }
  }

  /** Decodes a document of records, one a word, and otherwise as usual. */
  private static final class Words implements EventDecoder {
    @Override
    public String name() {
      return "words";
    }

    @Override
    public Decoded decode(byte[] utf8, int offset, int length, long line) {
      String text = new String(utf8, offset, length, StandardCharsets.UTF_8);
      return text.startsWith("{")
          ? EventDecoders.auto().decode(utf8, offset, length, line)
          : Decoded.ofRecords(
              Arrays.stream(text.split(" ", -1)).map(word -> record(word, line)).toList());
    }

    private static Decoded record(String word, long line) {
      return switch (word) {
        case "unknown" -> Decoded.unrecognised("no event", line);
        case "timeless" -> Decoded.withoutTime("no time", line);
        case "broken" -> Decoded.malformed("cut", line, 0);
        case "homeless" -> Decoded.of(IisEvents.load("h", null, NOW));
        case "old" -> Decoded.of(IisEvents.load("o", "OLD", Instant.EPOCH));
        case "ahead" -> Decoded.of(IisEvents.load("a", "AHEAD", NOW.plus(Duration.ofDays(9))));
        default -> Decoded.nothing();
      };
    }
  }

  private TestTopology topologyOfWords() {
    return new TestTopology(state, (builder, detection) -> detection.decoder(new Words()));
  }

  @Test
  void aMessageOfSeveralLostRecordsIsOneDeadLetter() {
    try (TestTopology topology = topologyOfWords()) {
      topology.pipe("nothing unknown homeless broken unknown", NOW);
      TestRecord<byte[], byte[]> letter = topology.deadLetters().readRecord();
      assertArrayEquals(
          "nothing unknown homeless broken unknown".getBytes(StandardCharsets.UTF_8),
          letter.value());
      assertEquals("unrecognised", header(letter, DeadLetters.CAUSE));
      assertEquals("3", header(letter, DeadLetters.LOST));
      assertTrue(topology.deadLetters().isEmpty());
    }
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void everyRecordIsCountedByItsCause() {
    try (TestTopology topology = topologyOfWords()) {
      topology.pipe("nothing unknown homeless broken unknown unknown", NOW);
      topology.pipe("timeless old ahead timeless", NOW);
      Map<String, Double> totals = totals(topology);
      assertEquals(10.0, totals.get("events-total"), totals::toString);
      assertEquals(1.0, totals.get("not-of-interest-total"), totals::toString);
      assertEquals(3.0, totals.get("unrecognised-total"), totals::toString);
      assertEquals(2.0, totals.get("without-time-total"), totals::toString);
      assertEquals(1.0, totals.get("malformed-total"), totals::toString);
      assertEquals(1.0, totals.get("without-host-total"), totals::toString);
      assertEquals(1.0, totals.get("past-dated-total"), totals::toString);
      assertEquals(1.0, totals.get("future-dated-total"), totals::toString);
      assertEquals(2.0, totals.get("dead-letters-total"), totals::toString);
    }
  }

  private static Map<String, Double> totals(TestTopology topology) {
    Map<String, Double> totals = new TreeMap<>();
    topology
        .driver
        .metrics()
        .forEach(
            (name, metric) -> {
              if (name.group().equals("stream-iiswarden-metrics")
                  && name.name().endsWith("-total")) {
                totals.put(name.name(), (Double) metric.metricValue());
              }
            });
    return totals;
  }

  @Test
  void withoutATopicForThemDeadLettersAreLoggedAndNothingStops() {
    StreamsBuilder builder = new StreamsBuilder();
    List<Alert> alerts = new ArrayList<>();
    StreamsDetection.builder()
        .build()
        .detect(builder.stream("in", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())))
        .foreach((id, alert) -> alerts.add(alert));
    try (CapturedLog log = new CapturedLog();
        TopologyTestDriver driver = new TopologyTestDriver(builder.build(), properties())) {
      var input =
          driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
      input.pipeInput(null, "{".getBytes(StandardCharsets.UTF_8), NOW);
      input.pipeInput(null, new byte[0], NOW);
      INTRUSION.forEach(line -> input.pipeInput(null, line.getBytes(StandardCharsets.UTF_8), NOW));
      for (String host : List.of("WEB01", "OTHER")) {
        byte[] ordinary = ORDINARY.replace("WEB01", host).getBytes(StandardCharsets.UTF_8);
        input.pipeInput(null, ordinary, NOW.plusSeconds(60));
      }
      for (int i = 0; i < 100; i++) {
        input.pipeInput(null, "{".getBytes(StandardCharsets.UTF_8), NOW);
      }
      List<String> lines = log.lines("lost", "(malformed)");
      assertEquals(5, lines.size(), lines::toString);
      assertTrue(lines.get(0).contains("a record was lost (malformed): in-0 offset 0: "));
    }
    assertEquals(undisturbed(), ids(alerts));
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "iiswarden-test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    return properties;
  }

  @Test
  void anEventFarInTheFutureMovesNoClock() {
    try (TestTopology topology = topology()) {
      topology.pipe(INTRUSION.get(0), NOW);
      topology.pipe(ORDINARY.replace("2026-03-04", "2027-03-04"), NOW);
      topology.pipe(INTRUSION.get(1), NOW);
      topology.pipe(INTRUSION.get(2), NOW);
      goOn(topology);
      assertEquals(undisturbed(), ids(topology.alerts));
    }
  }

  /** A broker would refuse it in the topic between, and the task would end. */
  @Test
  void noRecordIsPassedOnWithATimestampInTheFuture() {
    try (TestTopology topology = topology()) {
      Instant far = Instant.parse("2099-01-01T00:00:00Z");
      topology.pipe(INTRUSION.get(0), far);
      topology.pipe(ORDINARY, far);
      topology.pipe(ORDINARY.replace("WEB01", "OTHER"), far);
      topology.pipe("{", far);
      assertEquals(
          TestTopology.WALL_CLOCK.toEpochMilli(), topology.deadLetters().readRecord().timestamp());
      String between = "iiswarden-test-iiswarden-hosts-repartition";
      var passedOn =
          topology.driver.createOutputTopic(
              between, new StringDeserializer(), new ByteArrayDeserializer());
      assertEquals(
          List.of(TestTopology.WALL_CLOCK),
          passedOn.readRecordsToList().stream().map(TestRecord::getRecordTime).distinct().toList());
    }
  }

  @Test
  void aRecordWithoutATimestampIsOfThePresent() {
    TimestampExtractor extractor = new UseWallClockOnInvalidTimestamp(() -> NOW);
    assertEquals(NOW.toEpochMilli(), extractor.extract(recordAt(-1), 7));
    assertEquals(5, extractor.extract(recordAt(5), 7));
  }

  private static ConsumerRecord<Object, Object> recordAt(long timestamp) {
    return new ConsumerRecord<>(
        "in",
        0,
        0,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        "key",
        "value",
        new RecordHeaders(),
        Optional.empty());
  }

  @Test
  void eventsMayComeDecoded() {
    StreamsBuilder builder = new StreamsBuilder();
    List<Alert> alerts = new ArrayList<>();
    List<Event> events =
        List.of(
            IisEvents.registration("1", "WEB01", IisEvents.START),
            IisEvents.drop("2", "WEB01", IisEvents.START.plusSeconds(60)),
            IisEvents.drop("3", "OTHER", IisEvents.START.plusSeconds(60)));
    StreamsDetection.builder()
        .lateness(Duration.ZERO)
        .build()
        .detectEvents(
            builder.stream(
                "in",
                Consumed.with(
                    Serdes.String(),
                    Serdes.serdeFrom(
                        (topic, event) -> bytes(event),
                        (topic, bytes) ->
                            events.get(
                                Integer.parseInt(new String(bytes, StandardCharsets.UTF_8)) - 1)))))
        .foreach((id, alert) -> alerts.add(alert));
    try (TopologyTestDriver driver = new TopologyTestDriver(builder.build(), properties())) {
      var input =
          driver.<String, Event>createInputTopic(
              "in", new StringSerializer(), (topic, event) -> bytes(event));
      events.forEach(event -> input.pipeInput("k", event, IisEvents.START));
    }
    assertTrue(
        alerts.stream().anyMatch(alert -> alert.rule().id().equals("registry-then-file")),
        alerts::toString);
  }

  private static byte[] bytes(Event event) {
    return String.valueOf(event.getEvent().getId()).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsCountedIsAmongKafkasMetrics() {
    try (TestTopology topology = topology()) {
      topology.pipe("{", NOW);
      INTRUSION.forEach(line -> topology.pipe(line, NOW));
      goOn(topology);
      Map<String, Double> totals = totals(topology);
      assertEquals(1.0, totals.get("dead-letters-total"), totals::toString);
      assertEquals((double) undisturbed().size(), totals.get("alerts-total"), totals::toString);
      assertEquals(3.0, totals.get("relevant-total"), totals::toString);
      assertTrue(totals.containsKey("late-total"), totals::toString);
    }
  }

  @Test
  void rulesAndAllowlistComeFromATopic() {
    try (TestTopology topology =
        new TestTopology(
            state,
            (builder, detection) ->
                detection.lateness(Duration.ZERO).rulesTopic(builder, "rules"))) {
      var rules =
          topology.driver.createInputTopic(
              "rules", new StringSerializer(), new ByteArraySerializer());
      register(topology, "WEB01");
      assertFalse(topology.alerts.isEmpty());
      topology.alerts.clear();

      rules.pipeInput(PublishedRules.key(PublishedRules.RULES, 1), own("first"));
      register(topology, "WEB02");
      assertEquals(List.of("first"), said(topology));

      byte[] broken = PublishedRules.toBytes(Map.of("own.drl", "rule \"broken\" when"));
      rules.pipeInput(PublishedRules.key(PublishedRules.RULES, 2), broken);
      register(topology, "WEB03");
      assertEquals(List.of("first"), said(topology));

      rules.pipeInput(PublishedRules.key(PublishedRules.RULES, 3), own("third"));
      register(topology, "WEB04");
      assertEquals(List.of("third"), said(topology));

      rules.pipeInput(
          PublishedRules.key(PublishedRules.ALLOWLIST, 1),
          PublishedRules.toBytes(
              "allowed.yaml",
              "- {id: a, reason: b, owner: c, expires: 2099-01-01, rule.id: third}\n"));
      register(topology, "WEB05");
      assertEquals(List.of(), said(topology));

      rules.pipeInput(PublishedRules.key(PublishedRules.RULES, 3), (byte[]) null);
      register(topology, "WEB06");
      assertEquals(List.of("first"), said(topology));
    }
  }

  /** All processes of a fleet read the topic: none may end by it, nor at its next start. */
  @Test
  void noPublishedVersionEndsATask() {
    String good =
        "package analyst;\nimport dev.iiswarden.event.*;\nrule \"r\" @id( \"r\" ) when $f :";
    String end = " then insert( new Detection( $f ) ); end";
    String deep = "FileEvent( " + "(".repeat(20_000) + "x" + ")".repeat(20_000) + " )";
    String wide = "FileEvent( file.name == \"x\"" + " || file.name == \"y\"".repeat(20_000) + " )";
    String fine = good + " FileEvent()" + end;
    List<byte[]> hostile =
        List.of(
            PublishedRules.toBytes(Map.of("x.bpmn", fine)),
            PublishedRules.toBytes(Map.of("../x.drl", fine)),
            PublishedRules.toBytes(Map.of("x\u0000\u001b[31m.drl", fine)),
            PublishedRules.toBytes(Map.of("x.drl.xls", fine, "x.drl", fine)),
            PublishedRules.toBytes(Map.of("deep.drl", good + deep + end)),
            PublishedRules.toBytes(Map.of("wide.drl", good + wide + end)),
            PublishedRules.toBytes(Map.of("many.drl", good + " FileEvent()".repeat(1_000) + end)),
            PublishedRules.toBytes(Map.of()),
            PublishedRules.toBytes(Map.of("empty.drl", "package analyst;")),
            "{\"files\":null}".getBytes(StandardCharsets.UTF_8),
            "[1]".getBytes(StandardCharsets.UTF_8),
            new byte[PublishedRules.MOST_BYTES + 1],
            "[".repeat(100_000).getBytes(StandardCharsets.UTF_8),
            "{\"files\":7}".getBytes(StandardCharsets.UTF_8),
            "{\"files\":{\"x.drl\":null}}".getBytes(StandardCharsets.UTF_8),
            "null".getBytes(StandardCharsets.UTF_8),
            new byte[0]);
    try (TestTopology topology =
        new TestTopology(
            state,
            (builder, detection) ->
                detection.lateness(Duration.ZERO).rulesTopic(builder, "rules"))) {
      var rules =
          topology.driver.createInputTopic(
              "rules", new StringSerializer(), new ByteArraySerializer());
      rules.pipeInput(PublishedRules.key(PublishedRules.RULES, 1), own("first"));
      int version = 1;
      for (byte[] one : hostile) {
        version++;
        rules.pipeInput(PublishedRules.key(PublishedRules.RULES, version), one);
        register(topology, "WEB" + version);
        assertEquals(List.of("first"), said(topology), "version " + version);
      }
      PublishedRules next = new PublishedRules(Rules.baseQuery(), Allowlist.empty());
      next.take(topology.driver.getKeyValueStore("iiswarden-rules"));
      assertEquals(hostile.size(), next.refusedCount());
      assertEquals("first", next.current().all().iterator().next().id());

      rules.pipeInput(PublishedRules.key(PublishedRules.RULES, version + 1), own("last"));
      register(topology, "WEB01");
      assertEquals(List.of("last"), said(topology));
    }
  }

  @Test
  void aRecordThatIsNoVersionIsIgnored() {
    try (CapturedLog log = new CapturedLog();
        TestTopology topology =
            new TestTopology(
                state,
                (builder, detection) ->
                    detection.lateness(Duration.ZERO).rulesTopic(builder, "rules"))) {
      var rules =
          topology.driver.createInputTopic(
              "rules", new StringSerializer(), new ByteArraySerializer());
      rules.pipeInput(PublishedRules.key(PublishedRules.RULES, 7), own("seventh"));
      List<String> keys =
          List.of(
              "rules/zzz",
              "rules/",
              "rules/8",
              "rules/0000000000080",
              "rules/00000000000\u0668",
              "rules/000000000008\n",
              "ruleszzz",
              "allowlist/x",
              "zzz",
              "");
      for (String key : keys) {
        rules.pipeInput(key, own("odd"));
        rules.pipeInput(key, own("odd"));
        rules.pipeInput(key, (byte[]) null);
      }
      rules.pipeInput(null, own("odd"));
      register(topology, "WEB01");
      assertEquals(List.of("seventh"), said(topology));
      assertEquals(keys.size() + 1, log.lines("is not that of a version").size());
      rules.pipeInput(PublishedRules.key(PublishedRules.RULES, 8), own("eighth"));
      register(topology, "WEB02");
      assertEquals(List.of("eighth"), said(topology));
    }
  }

  /** A process that starts later knows only the latest record of the key. */
  @Test
  void aVersionThatIsWrittenAgainCountsAsItIsNow() {
    try (TestTopology topology =
        new TestTopology(
            state,
            (builder, detection) ->
                detection.lateness(Duration.ZERO).rulesTopic(builder, "rules"))) {
      var rules =
          topology.driver.createInputTopic(
              "rules", new StringSerializer(), new ByteArraySerializer());
      String second = PublishedRules.key(PublishedRules.RULES, 2);
      rules.pipeInput(PublishedRules.key(PublishedRules.RULES, 1), own("first"));
      rules.pipeInput(second, own("second"));
      rules.pipeInput(second, "garbage".getBytes(StandardCharsets.UTF_8));
      register(topology, "WEB01");
      assertEquals(List.of("first"), said(topology));
      rules.pipeInput(second, own("corrected"));
      register(topology, "WEB02");
      assertEquals(List.of("corrected"), said(topology));
    }
  }

  /** Sends a relevant event, and a later one so that it is evaluated. */
  private void register(TestTopology topology, String host) {
    Instant at = NOW.plus(Duration.ofMinutes(registered));
    registered++;
    topology.pipe(INTRUSION.get(0).replace("WEB01", host), at);
    topology.pipe(ORDINARY.replace("WEB01", host), at.plusSeconds(30));
    topology.pipe(ORDINARY.replace("WEB01", "OTHER"), at.plusSeconds(30));
  }

  private static List<String> said(TestTopology topology) {
    List<String> said = topology.alerts.stream().map(alert -> alert.rule().id()).toList();
    topology.alerts.clear();
    return said;
  }

  private static byte[] own(String id) {
    return PublishedRules.toBytes(
        Map.of(
            "own.drl",
            """
            package analyst;
            import dev.iiswarden.event.*;
            rule "a process was started" @id( "%s" ) @severity( "low" )
            when $started : ProcessEvent( process.name != null )
            then insert( new Detection( $started ) ); end
            """
                .formatted(id)));
  }

  @Test
  void onlyTheLatestVersionsAreKept() {
    assertEquals(
        List.of("rules/000000000001"),
        PublishedRules.outdated(
            List.of(
                "allowlist/000000000001",
                "rules/zzz",
                "rules/000000000004",
                "rules/000000000002",
                "rules/000000000001",
                "rules/000000000003"),
            PublishedRules.RULES,
            3));
  }

  @Test
  void aNegativeLatenessIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> StreamsDetection.builder().lateness(Duration.ofSeconds(-1)));
  }
}
