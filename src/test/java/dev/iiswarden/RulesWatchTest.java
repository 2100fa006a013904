package dev.iiswarden;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.load;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.Await;
import dev.iiswarden.testing.CapturedLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An analyst saves a file, and the detector that runs goes by it. */
@Timeout(120)
class RulesWatchTest {
  @TempDir private Path directory;

  private final InMemorySink sink = new InMemorySink();

  @BeforeEach
  void oneRule() throws IOException {
    save("first");
  }

  /** A rule file that says this of every library event. */
  private void save(String id) throws IOException {
    Files.writeString(
        directory.resolve("own.drl"),
        """
        package analyst;
        import dev.iiswarden.event.*;
        rule "a library was loaded" @id( "%s" ) @severity( "low" )
        when $loaded : LibraryEvent() then insert( new Detection( $loaded ) ); end
        """
            .formatted(id));
  }

  private Detector detector() {
    return Detector.builder()
        .rules(Rules.fromDirectory(directory))
        .lateness(Duration.ZERO)
        .sink(sink)
        .build();
  }

  /** The rule by which the detector goes now. */
  private String nowSaid(Detector detector) {
    detector.accept(load("l", "WEB01", START));
    return sink.alerts().get(sink.alerts().size() - 1).rule().id();
  }

  @Test
  void aSavedRuleIsTakenUp() throws Exception {
    try (Detector detector = detector();
        RulesWatch watch = RulesWatch.start(directory, detector)) {
      assertEquals("first", nowSaid(detector));
      save("second");
      Await.until(() -> watch.reloaded() == 1);
      assertEquals("second", nowSaid(detector));
      Files.delete(directory.resolve("own.drl"));
      Files.copy(
          Path.of("rules-drl/w3wp-module-load.drl"), directory.resolve("w3wp-module-load.drl"));
      Await.until(() -> watch.reloaded() == 2);
      assertEquals("w3wp-module-load", nowSaid(detector));
    }
  }

  @Test
  void aBrokenRuleChangesNothingButTheLogAndTheCounter() throws Exception {
    try (CapturedLog log = new CapturedLog();
        Detector detector = detector();
        RulesWatch watch = RulesWatch.start(directory, detector)) {
      String good = Files.readString(directory.resolve("own.drl"));
      Files.writeString(directory.resolve("own.drl"), good.replace("then", "thn"));
      Await.until(() -> watch.refused() == 1);
      assertEquals("first", nowSaid(detector));
      assertTrue(!log.lines("own.drl:4").isEmpty(), () -> String.join("\n", log.lines()));

      save("second");
      Await.until(() -> watch.reloaded() == 1);
      assertEquals("second", nowSaid(detector));
      assertEquals(1, watch.refused());
    }
  }

  /** Whatever is put into the directory, the watch goes on and takes up the next good rules. */
  @Test
  void theWatchOutlivesEveryRuleSet() throws Exception {
    String good = Files.readString(directory.resolve("own.drl"));
    Map<String, String> hostile = new LinkedHashMap<>();
    hostile.put(
        "deep.drl",
        good.replace(
            "LibraryEvent()",
            "LibraryEvent( "
                + "(".repeat(20_000)
                + "dll.path"
                + ")".repeat(20_000)
                + " == null )"));
    hostile.put(
        "long.drl",
        good.replace(
            "LibraryEvent()",
            "LibraryEvent( dll.name == \"x\"" + " || dll.name == \"y\"".repeat(20_000) + " )"));
    hostile.put("terminal.drl", good.replace("first", "\u001b[31mRED\u0007\u202e"));
    hostile.put("a name.drl", good);
    hostile.put("\u001b[31m.drl", good);
    hostile.put("x.bpmn.drl", "<definitions/>");
    try (CapturedLog log = new CapturedLog();
        Detector detector = detector();
        RulesWatch watch = RulesWatch.start(directory, detector)) {
      long refused = 0;
      for (Map.Entry<String, String> file : hostile.entrySet()) {
        Files.writeString(directory.resolve(file.getKey()), file.getValue());
        refused++;
        long expected = refused;
        Await.until(() -> watch.refused() == expected);
        assertEquals("first", nowSaid(detector));
        Files.delete(directory.resolve(file.getKey()));
        // Seen again as it was, so that the next file is a change.
        Thread.sleep(1_500);
      }
      try (RandomAccessFile large =
          new RandomAccessFile(directory.resolve("large.drl").toFile(), "rw")) {
        large.setLength(3L << 30);
      }
      Await.until(() -> watch.refused() == hostile.size() + 1);
      Files.delete(directory.resolve("large.drl"));

      save("second");
      Await.until(() -> watch.reloaded() >= 1 && nowSaid(detector).equals("second"));
      assertTrue(log.lines("\u001b").isEmpty() && log.lines("\u202e").isEmpty());
    }
  }

  @Test
  void aDirectoryThatIsGoneIsReportedOnceAndWaitedFor() throws Exception {
    try (CapturedLog log = new CapturedLog();
        Detector detector = detector();
        RulesWatch watch = RulesWatch.start(directory, detector)) {
      Path away = directory.resolveSibling(directory.getFileName() + "-away");
      Files.move(directory, away);
      Await.until(() -> watch.refused() == 1);
      Thread.sleep(1_500);
      assertEquals(1, watch.refused());
      assertEquals("first", nowSaid(detector));
      Files.move(away, directory);
      save("second");
      Await.until(() -> watch.reloaded() == 1);
      assertEquals("second", nowSaid(detector));
      assertEquals(1, log.lines("cannot read the rules directory").size());
    }
  }

  @Test
  void aDetectorWithOtherRulesIsGivenThoseOfTheDirectory() throws Exception {
    try (Detector detector = Detector.builder().lateness(Duration.ZERO).sink(sink).build();
        RulesWatch watch = RulesWatch.start(directory, detector)) {
      Await.until(() -> watch.reloaded() == 1);
      assertEquals("first", nowSaid(detector));
    }
  }

  @Test
  void theThreadEndsWithTheWatchOrTheDetector() throws Exception {
    Detector detector = detector();
    RulesWatch watch = RulesWatch.start(directory, detector);
    assertTrue(isWatching());
    watch.close();
    assertTrue(!isWatching());
    watch.close();

    RulesWatch other = RulesWatch.start(directory, detector);
    detector.close();
    Await.until(() -> !isWatching());
    assertEquals(0, other.refused());
    other.close();
  }

  private static boolean isWatching() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("iiswarden-rules-watch"));
  }
}
