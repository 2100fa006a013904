package dev.iiswarden;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.IisEvents.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.alert.UndeliveredAlertsException;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.KilledFeed;
import dev.iiswarden.testing.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  private static final int KILLS = 20;

  @TempDir Path directory;

  private InMemorySink sink = new InMemorySink();

  private Detector detector() {
    return Detector.builder().rules(Rules.baseQuery()).lateness(Duration.ZERO).sink(sink).build();
  }

  @Test
  void whatIsOpenSurvivesARestart() throws IOException {
    try (Detector detector = detector();
        StateDirectory state = StateDirectory.open(directory.resolve("a/b"))) {
      assertEquals(Optional.empty(), state.restore(detector));
      detector.accept(registration("r", "WEB01", START));
      state.save(detector, "partition 0, offset 17");
    }
    try (Detector detector = detector();
        StateDirectory state = StateDirectory.open(directory.resolve("a/b"))) {
      assertEquals(Optional.of("partition 0, offset 17"), state.restore(detector));
      detector.accept(drop("d", "WEB01", START.plusSeconds(1)));
    }
    assertEquals(1, sink.alerts().size());
  }

  @Test
  void aSaveThatDidNotComeToItsEndIsAsIfItHadNotBegun() throws IOException {
    try (Detector detector = detector();
        StateDirectory state = StateDirectory.open(directory)) {
      state.save(detector, "1");
      Files.writeString(directory.resolve("state.jsonl.new"), "{\"format\":");
    }
    try (Detector detector = detector();
        StateDirectory state = StateDirectory.open(directory)) {
      assertEquals(Optional.of("1"), state.restore(detector));
    }
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    Files.writeString(directory.resolve("state.jsonl"), "hello\n");
    try (Detector detector = detector();
        StateDirectory state = StateDirectory.open(directory)) {
      IOException refusal = assertThrows(IOException.class, () -> state.restore(detector));
      assertEquals(
          directory.resolve("state.jsonl") + ": this is not a snapshot of iiswarden",
          refusal.getMessage());
    }
  }

  @Test
  void thePositionIsPartOfWhatIsChecked() throws IOException {
    Path file = directory.resolve("state.jsonl");
    try (Detector detector = detector();
        StateDirectory state = StateDirectory.open(directory)) {
      state.save(detector, "offset 17");
      String saved = Files.readString(file);
      assertTrue(saved.contains("offset 17"), saved);
      Files.writeString(file, saved.replace("offset 17", "offset 37"));
      IOException refusal = assertThrows(IOException.class, () -> state.restore(detector));
      assertEquals(
          file + ": the snapshot is damaged: its checksum does not match", refusal.getMessage());
    }
  }

  @Test
  void aPositionMayHaveSeveralLines() throws IOException {
    try (Detector detector = detector();
        StateDirectory state = StateDirectory.open(directory)) {
      state.save(detector, "1\n{\"lines\":2}");
      assertEquals(Optional.of("1\n{\"lines\":2}"), state.restore(detector));
    }
  }

  @Test
  void alertsThatASinkHasRefusedKeepTheStateBeforeThem() throws IOException {
    AlertSink refusing =
        alert -> {
          throw new IllegalStateException("no");
        };
    try (StateDirectory state = StateDirectory.open(directory)) {
      Detector detector =
          Detector.builder()
              .rules(Rules.baseQuery())
              .lateness(Duration.ZERO)
              .sink(refusing)
              .build();
      state.save(detector, "1");
      detector.accept(load("l", "WEB01", START));
      assertThrows(IOException.class, () -> state.save(detector, "2"));
      assertEquals(Optional.of("1"), state.restore(detector()));
      assertThrows(UndeliveredAlertsException.class, detector::close);
    }
  }

  @Test
  void oneProcessAtATimeHasTheDirectory() throws IOException {
    StateDirectory first = StateDirectory.open(directory);
    assertThrows(IOException.class, () -> StateDirectory.open(directory));
    first.close();
    StateDirectory.open(directory).close();
  }

  @Test
  void killedAtRandomItSaysInAllWhatItWouldHaveSaidUndisturbed() throws Exception {
    List<String> lines =
        Vector.all().stream()
            .filter(vector -> vector.name().equals("generated-05"))
            .findAny()
            .orElseThrow()
            .lines();
    Path events = Files.write(directory.resolve("events.ndjson"), lines);
    InMemorySink undisturbed = new InMemorySink();
    try (Detector detector =
        Detector.builder()
            .rules(Rules.baseQuery())
            .lateness(Duration.ofSeconds(60))
            .sink(undisturbed)
            .build()) {
      for (String line : lines) {
        detector.accept(EventDecoders.ecs().decode(line));
      }
    }
    Path alerts = directory.resolve("alerts.jsonl");
    Random random = new Random(1505);
    int kills = 0;
    boolean ended = false;
    while (!ended) {
      Process feed = feed(events, alerts);
      // From before it has begun: it takes half a second to start.
      if (kills == KILLS || feed.waitFor(300 + random.nextInt(900), TimeUnit.MILLISECONDS)) {
        assertEquals(0, feed.waitFor());
        ended = true;
      } else {
        feed.destroyForcibly().waitFor();
        kills++;
      }
    }
    Set<String> expected = new TreeSet<>();
    undisturbed.alerts().forEach(alert -> expected.add(alert.id()));
    assertFalse(expected.isEmpty());
    assertTrue(kills > KILLS / 2, "ended after " + kills);
    assertEquals(expected, ids(alerts));
  }

  private Process feed(Path events, Path alerts) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path", ""),
            KilledFeed.class.getName(),
            events.toString(),
            directory.resolve("state").toString(),
            alerts.toString())
        .inheritIO()
        .start();
  }

  /** Of every whole line: what was being written when the process was killed is written again. */
  private static Set<String> ids(Path alerts) throws IOException {
    Set<String> ids = new TreeSet<>();
    List<String> lines = Files.readAllLines(alerts);
    for (String line : lines) {
      if (line.endsWith("}")) {
        ids.add(new ObjectMapper().readTree(line).at("/event/id").asText());
      }
    }
    return ids;
  }
}
