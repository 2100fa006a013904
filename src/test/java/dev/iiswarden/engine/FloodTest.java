package dev.iiswarden.engine;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.IisEvents.ordinary;
import static dev.iiswarden.testing.IisEvents.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An intruder who writes events by the million uses no more than the ceilings allow. */
class FloodTest {
  private static final int MOST = 100;

  @TempDir Path directory;

  private final InMemorySink sink = new InMemorySink();

  /** A rule that holds every DLL that it has seen for a day. */
  private Rules holding() throws IOException {
    Files.writeString(
        directory.resolve("own.drl"),
        """
        package analyst;
        import dev.iiswarden.event.*;
        import function dev.iiswarden.event.Eql.*;
        import function dev.iiswarden.event.WindowsPaths.*;
        rule "a DLL that was dropped is loaded" @id( "drop-then-load" ) @severity( "high" )
        when
            $dropped : FileEvent( like( file.extension, "dll" ) ) over window:time( 24h )
            $loaded : LibraryEvent( follows( $dropped, "24h" ), like( process.name, "w3wp.exe" ) )
        then
            insert( new Detection( $dropped, $loaded ) );
        end
        """);
    return Rules.fromDirectory(directory);
  }

  private long raisedOn(String host) {
    return sink.alerts().stream().filter(alert -> host.equals(alert.host())).count();
  }

  @Test
  void ofAFloodedHostTheOldestFactsGoAndOtherHostsLoseNothing() throws IOException {
    try (Detector detector =
        Detector.builder()
            .rules(holding())
            .lateness(Duration.ZERO)
            .mostFactsPerHost(MOST)
            .sink(sink)
            .build()) {
      for (int i = 0; i < 20_000; i++) {
        Instant time = START.plusMillis(i);
        detector.accept(
            i % 10 == 0 ? drop("f" + i, "FLOODED", time) : ordinary("WEB" + i % 7, time));
        if (i % 1_000 == 1) {
          detector.accept(drop("d" + i, "WEB" + i / 1_000, time));
        }
        assertTrue(detector.counters().openFacts() <= MOST + 20, "after " + i);
      }
      for (int host = 0; host < 20; host++) {
        detector.accept(load("l", "WEB" + host, START.plusSeconds(60)));
      }
      detector.accept(load("l", "FLOODED", START.plusSeconds(60)));
      assertTrue(detector.counters().dropped() >= 2_000 - MOST);
    }
    for (int host = 0; host < 20; host++) {
      assertEquals(1, raisedOn("WEB" + host));
    }
    long onFlooded = raisedOn("FLOODED");
    assertTrue(onFlooded <= MOST && onFlooded >= MOST / 2, "" + onFlooded);
    assertTrue(
        sink.alerts().stream()
            .filter(alert -> "FLOODED".equals(alert.host()))
            .anyMatch(alert -> "f19990".equals(alert.evidence().get(0).getEvent().getId())),
        "the youngest are kept");
  }

  @Test
  void aDeploymentOfThousandsOfDllsDoesNotHideTheOneThatIsRegisteredNext() {
    try (Detector detector =
        Detector.builder().rules(Rules.bundled()).lateness(Duration.ZERO).sink(sink).build()) {
      detector.accept(dropBy("C:\\Windows\\System32\\cmd.exe", "D:\\lib\\m.dll", START));
      for (int i = 0; i < 5_000; i++) {
        detector.accept(
            dropBy(
                "C:\\Octopus\\Calamari.exe",
                "C:\\inetpub\\sites\\s" + i % 2_000 + "\\L" + i + ".dll",
                START.plusMillis(50L * i)));
      }
      assertTrue(detector.counters().dropped() > 0);
      detector.accept(
          ProcessEvent.builder()
              .timestamp(START.plusSeconds(1_200))
              .hostName("WEB01")
              .type("start")
              .process(
                  ProcessFields.builder()
                      .name("appcmd.exe")
                      .commandLine("appcmd install module /name:m /image:D:\\lib\\m.dll")
                      .build())
              .build());
    }
    assertTrue(
        sink.alerts().stream()
            .anyMatch(alert -> "drop-then-registration".equals(alert.rule().id())),
        () -> "" + sink.alerts());
  }

  private static FileEvent dropBy(String program, String path, Instant time) {
    return FileEvent.builder()
        .timestamp(time)
        .hostName("WEB01")
        .type("creation")
        .process(ProcessFields.builder().executable(program).build())
        .path(path)
        .extension("dll")
        .build();
  }

  @Test
  void ofTooManyRecordsThatWaitTheOldestIsJudgedBeforeItsTime() {
    try (Detector detector =
        Detector.builder()
            .rules(Rules.baseQuery())
            .lateness(Duration.ofHours(1))
            .mostWaitingPerHost(MOST)
            .sink(sink)
            .build()) {
      for (int i = 0; i < 1_000; i++) {
        detector.accept(registration("r" + i, "WEB01", START.plusMillis(2L * i)));
        detector.accept(drop("d" + i, "WEB01", START.plusMillis(2L * i + 1)));
        assertTrue(detector.counters().waiting() <= MOST);
      }
      assertEquals(2_000 - MOST, detector.counters().judgedEarly());
    }
    assertEquals(1_000, sink.alerts().size());
  }

  @Test
  void underEverNewHostNamesTheHostThatWasHeardOfLongestAgoGoes() {
    try (CapturedLog log = new CapturedLog();
        Detector detector =
            Detector.builder()
                .rules(Rules.baseQuery())
                .lateness(Duration.ZERO)
                .mostOpenHosts(800)
                .sink(sink)
                .build()) {
      for (int host = 0; host < 3_000; host++) {
        detector.accept(registration("r", "HOST\u001b" + host, START.plusMillis(host)));
        detector.accept(registration("known", "KNOWN", START.plusMillis(host)));
        assertTrue(detector.counters().openHosts() <= 800);
      }
      detector.accept(drop("d", "KNOWN", START.plusSeconds(60)));
      detector.accept(drop("d", "HOST\u001b0", START.plusSeconds(60)));
      assertTrue(detector.counters().dropped() > 2_000);
      assertEquals(1, log.lines("a ceiling is reached").size());
      assertEquals(1, log.lines("HOST?").size());
      assertEquals(0, log.lines("\u001b").size());
    }
    assertEquals(1, raisedOn("KNOWN"));
    assertEquals(0, raisedOn("HOST\u001b0"));
  }

  @Test
  void whatStillWaitsIsJudgedBeforeItsHostGoes() {
    List<String> hosts = IntStream.range(0, 2_000).mapToObj(host -> "HOST" + host).toList();
    try (Detector detector =
        Detector.builder()
            .rules(Rules.baseQuery())
            .lateness(Duration.ofHours(1))
            .mostOpenHosts(800)
            .sink(sink)
            .build()) {
      hosts.forEach(host -> detector.accept(load("l", host, START)));
    }
    assertEquals(hosts.size(), sink.alerts().size());
  }

  @Test
  void anEventTooLargeToBeHeldIsJudgedByItself() {
    String folder = "C:\\Windows\\Temp\\" + "x".repeat(1_000) + "\\";
    try (CapturedLog log = new CapturedLog();
        Detector detector =
            Detector.builder()
                .rules(Rules.baseQuery())
                .lateness(Duration.ofHours(1))
                .mostCharactersPerEvent(1_000)
                .sink(sink)
                .build()) {
      detector.accept(
          LibraryEvent.builder()
              .timestamp(START)
              .hostName("WEB01")
              .processName("w3wp.exe")
              .path(folder + "a.dll")
              .name("a.dll")
              .build());
      assertEquals(1, raisedOn("WEB01"));
      assertEquals(0, detector.counters().openHosts());
      detector.accept(
          RegistryEvent.builder()
              .timestamp(START)
              .hostName("WEB02")
              .type("change")
              .path("HKLM\\SYSTEM\\CurrentControlSet\\Services\\W3SVC\\Parameters\\FilterDLLs")
              .value("FilterDLLs")
              .dataStrings(folder + "a.dll")
              .build());
      assertEquals(0, detector.counters().openHosts());
      assertEquals(2, detector.counters().dropped());
      assertEquals(1, log.lines("a ceiling is reached").size());
    }
  }

  @Test
  void aCeilingIsPositive() {
    DetectorBuilder builder = Detector.builder().rules(Rules.baseQuery());

    assertThrows(IllegalArgumentException.class, () -> builder.mostFactsPerHost(0));
    assertThrows(IllegalArgumentException.class, () -> builder.mostCharactersPerEvent(0));
    assertThrows(IllegalArgumentException.class, () -> builder.mostOpenHosts(-1));
    assertThrows(IllegalArgumentException.class, () -> builder.mostWaitingPerHost(0));
  }
}
