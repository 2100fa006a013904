package dev.iiswarden.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.decode.Outcome;
import dev.iiswarden.event.Event;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logs as collectors wrote them, each of which once lost an alert. Nearly all of them hold the nine
 * records of {@code 00-ref-xml.xml}; the others hold one of them.
 */
class LogCasesTest {
  private static final Rules RULES = Rules.bundled();
  private static final Path LOGS = Path.of("src", "test", "resources", "logs");
  private static final String HOST = "WEB07.shop.example";

  private static final String SESSION = "2026-03-10T15:02:10.104Z";
  private static final String DROP = "2026-03-10T15:03:20.250Z";
  private static final String REGISTRY = "2026-03-10T15:04:01.777Z";
  private static final String APPCMD = "2026-03-10T15:05:30.001Z";
  private static final String LOAD = "2026-03-10T15:06:11.500Z";
  private static final String AUDITED_REGISTRY = "2026-03-10T15:07:01.100Z";
  private static final String SCRIPT = "2026-03-10T15:08:15.900Z";
  private static final String CONFIGURATION = "2026-03-10T15:08:16.200Z";

  private static final Raised DROP_ALERT = alert("drop-into-inetsrv", DROP);

  private static final List<Raised> OF_SYSMON =
      List.of(
          DROP_ALERT,
          alert("shell-by-worker-process", SESSION),
          alert("drop-then-registration", DROP, REGISTRY),
          alert("registration-registry", REGISTRY),
          alert("registration-by-worker-process", SESSION, APPCMD),
          alert("registration-appcmd", APPCMD),
          alert("w3wp-module-load", LOAD));

  private static final List<Raised> ALL =
      Stream.concat(
              OF_SYSMON.stream(),
              Stream.of(
                  alert("registration-registry", AUDITED_REGISTRY),
                  alert("registration-script-block", SCRIPT),
                  alert("registration-configuration-log", CONFIGURATION)))
          .toList();

  /** The logs that do not hold all nine records. */
  private static final Map<String, Raised> SINGLE =
      Map.ofEntries(
          Map.entry("d20-lone-surrogate-ref.xml", DROP_ALERT),
          Map.entry("l01-fileversion-ctrl.xml", alert("w3wp-module-load", LOAD)),
          Map.entry("p01-ctrl-char-cmdline.xml", alert("registration-appcmd", APPCMD)),
          Map.entry("p03-fffe-cmdline.xml", alert("registration-appcmd", APPCMD)),
          Map.entry("m1-logstash-message-only.json", DROP_ALERT.on("web07")),
          Map.entry("k1-kibana-source-ecs.json", DROP_ALERT.on("web07")),
          Map.entry(
              "t01-sec-systemtime-nozone.xml",
              alert("registration-appcmd", "2026-03-10T15:05:30.003123Z")),
          Map.entry("p06-tab-sep.xml", alert("registration-appcmd", APPCMD)),
          Map.entry("p07-quotes.xml", alert("registration-appcmd", APPCMD)),
          Map.entry("q1-quoted-both.xml", alert("registration-appcmd", APPCMD)),
          Map.entry("q2-quoted-verb.xml", alert("registration-appcmd", APPCMD)),
          Map.entry("j52-event-id-float.json", DROP_ALERT),
          Map.entry("j53-event-id-padded.json", DROP_ALERT),
          Map.entry("d22-json-nul.json", DROP_ALERT.on("WEB07")),
          Map.entry(
              "s1-4104-german-splunk.log",
              alert("registration-script-block", "2026-03-10T15:08:15Z").on("WEB07")),
          Map.entry(
              "t17-splunk-4688-german.log",
              alert("registration-appcmd", "2026-03-10T15:05:30.003Z")));

  /** The logs whose times, except Sysmon's, have no zone. */
  private static final Set<String> WITHOUT_ZONE =
      Set.of(
          "n05-nxlog-syslog-json.log",
          "n06-nxlog-xm_syslog-snare.log",
          "s1-4104-german-splunk.log",
          "t17-splunk-4688-german.log");

  /** The logs whose times, except Sysmon's, are whole seconds. */
  private static final Set<String> TO_THE_SECOND =
      Set.of(
          "n03-nxlog-epoch-s.json",
          "g04-graylog-nxlog-stored.json",
          "n05-nxlog-syslog-json.log",
          "n06-nxlog-xm_syslog-snare.log",
          "q01-qradar-wincollect.log",
          "q04-osquery-windows_events.json");

  /** The rule, the host and the times of the evidence of an alert. */
  private record Raised(String rule, String host, List<Instant> evidence)
      implements Comparable<Raised> {
    Raised on(String otherHost) {
      return new Raised(rule, otherHost, evidence);
    }

    Raised toTheSecond() {
      return new Raised(
          rule, host, evidence.stream().map(time -> time.truncatedTo(ChronoUnit.SECONDS)).toList());
    }

    @Override
    public int compareTo(Raised other) {
      return toString().compareTo(other.toString());
    }
  }

  /** What a log gave. */
  private record Replay(List<Raised> alerts, List<Outcome> outcomes) {
    static Replay of(Path log, EventDecoder decoder) throws IOException {
      InMemorySink sink = new InMemorySink();
      List<Outcome> outcomes = new ArrayList<>();
      try (Detector detector = Detector.builder().rules(RULES).sink(sink).build();
          LogReader reader = LogReader.open(log)) {
        for (LogRecord record = reader.next(); record != null; record = reader.next()) {
          Decoded decoded = decoder.decode(record);
          decoded.records().forEach(each -> outcomes.add(each.outcome()));
          detector.accept(decoded);
        }
      }
      return new Replay(
          sink.alerts().stream()
              .map(
                  alert ->
                      new Raised(
                          alert.rule().id(),
                          String.valueOf(alert.host()),
                          alert.evidence().stream().map(Event::getTimestamp).toList()))
              .sorted()
              .toList(),
          outcomes);
    }
  }

  private static Raised alert(String rule, String... times) {
    return new Raised(rule, HOST, Stream.of(times).map(Instant::parse).toList());
  }

  private static Path log(String name) throws IOException {
    return cases()
        .map(Named::getPayload)
        .filter(log -> log.endsWith(name))
        .findFirst()
        .orElseThrow();
  }

  static Stream<Named<Path>> cases() throws IOException {
    try (Stream<Path> files = Files.walk(LOGS)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream()
          .map(file -> Named.of(file.getFileName().toString(), file));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aLogRaisesItsAlerts(Path log) throws IOException {
    String name = log.getFileName().toString();
    EventDecoder decoder =
        WITHOUT_ZONE.contains(name) ? EventDecoders.auto(ZoneOffset.UTC) : EventDecoders.auto();
    Replay replay = Replay.of(log, decoder);
    Raised single = SINGLE.get(name);
    List<Raised> expected = new ArrayList<>(single == null ? ALL : List.of(single));
    Collections.sort(expected);
    if (name.startsWith("n06")) {
      // All lines of this log have one time; only Sysmon's own tell more.
      String line = "2026-03-10T15:02:10Z";
      expected = new ArrayList<>(OF_SYSMON);
      expected.add(alert("registration-registry", line));
      expected.add(alert("registration-script-block", line));
      expected.add(alert("registration-configuration-log", line));
      expected.add(alert("registration-then-drop", line, DROP));
      Collections.sort(expected);
    }
    if (TO_THE_SECOND.contains(name)) {
      assertEquals(
          expected.stream().map(Raised::toTheSecond).toList(),
          replay.alerts.stream().map(Raised::toTheSecond).toList());
    } else {
      assertEquals(expected, replay.alerts);
    }
    int copies = log.toString().contains("16-duplicates") ? 2 : 1;
    assertEquals(
        Collections.nCopies((single == null ? 9 : 1) * copies, Outcome.FACTS), replay.outcomes);
  }

  @Test
  void noLogIsLeftOut() throws IOException {
    List<String> names = cases().map(Named::getName).toList();
    assertEquals(65, names.size());
    assertTrue(names.containsAll(SINGLE.keySet()));
    assertTrue(names.containsAll(WITHOUT_ZONE));
    assertTrue(names.containsAll(TO_THE_SECOND));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s1-4104-german-splunk.log", "t17-splunk-4688-german.log"})
  void aTimeOfNoKnownZoneIsSaidToBeMissing(String name) throws IOException {
    Replay replay = Replay.of(log(name), EventDecoders.auto());
    assertEquals(List.of(), replay.alerts);
    assertEquals(List.of(Outcome.NO_TIME), replay.outcomes);
  }

  @Test
  void sysmonNeedsNoZoneWhereTheOthersDo() throws IOException {
    Replay replay = Replay.of(log("n06-nxlog-xm_syslog-snare.log"), EventDecoders.auto());
    assertEquals(OF_SYSMON.stream().sorted().toList(), replay.alerts);
    assertEquals(4, Collections.frequency(replay.outcomes, Outcome.NO_TIME));
    assertEquals(5, Collections.frequency(replay.outcomes, Outcome.FACTS));
  }

  @Test
  void theHeaderOfSyslogHasATimeThatTheEventLacks() throws IOException {
    // The event's own time names no zone; that of the header does, and is when it was forwarded.
    Replay replay = Replay.of(log("n05-nxlog-syslog-json.log"), EventDecoders.auto());
    String forwarded = "2026-03-10T15:00:00Z";
    assertEquals(
        Stream.concat(
                OF_SYSMON.stream(),
                Stream.of(
                    alert("registration-registry", forwarded),
                    alert("registration-script-block", forwarded),
                    alert("registration-configuration-log", forwarded),
                    alert("registration-then-drop", forwarded, DROP)))
            .sorted()
            .toList(),
        replay.alerts);
  }
}
