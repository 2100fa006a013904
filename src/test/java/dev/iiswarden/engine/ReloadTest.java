package dev.iiswarden.engine;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.IisEvents.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.iiswarden.Detector;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesException;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.BaseRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules are replaced while the detector runs. */
class ReloadTest {
  private static final Rules BUNDLED = Rules.baseQuery();
  private static final Rules AGAIN = BaseRules.loaded();

  @TempDir private Path directory;

  private final InMemorySink sink = new InMemorySink();

  private Rules rules(String text) throws IOException {
    Files.writeString(
        directory.resolve("own.drl"),
        """
        package analyst;
        import dev.iiswarden.event.*;
        import function dev.iiswarden.event.Eql.*;
        """
            + text);
    return Rules.fromDirectory(directory);
  }

  private Detector detector(Duration lateness) {
    return Detector.builder()
        .rules(BUNDLED)
        .lateness(lateness)
        .mostAlertsPerHour(Integer.MAX_VALUE, Integer.MAX_VALUE)
        .sink(sink)
        .build();
  }

  private List<String> said() {
    return sink.alerts().stream().map(alert -> alert.rule().id()).toList();
  }

  @Test
  void aSequenceThatIsHalfOpenIsCompletedUnderTheNewRules() {
    try (Detector detector = detector(Duration.ZERO)) {
      detector.accept(registration("r", "WEB01", START));
      detector.reload(AGAIN);
      assertEquals(List.of(), said());
      detector.accept(drop("d", "WEB01", START.plusSeconds(60)));
      detector.reload(BUNDLED);
      detector.accept(drop("d2", "WEB01", START.plusSeconds(120)));
    }
    assertEquals(List.of("registry-then-file"), said());
  }

  @Test
  void whatStillWaitsToBePutInOrderIsJudgedByTheNewRules() throws IOException {
    Rules silent = rules("rule \"none\" @id( \"none\" ) when FileEvent( false ) then end");
    try (Detector detector = detector(Duration.ofMinutes(1))) {
      detector.accept(load("l", "WEB01", START));
      detector.reload(silent);
      detector.accept(load("m", "WEB01", START.plusSeconds(600)));
    }
    assertEquals(List.of(), said());
  }

  @Test
  void theNewRulesSpeakFromTheNextRecordOn() throws IOException {
    Rules own =
        rules(
            """
            rule "any drop" @id( "any-drop" ) @severity( "low" )
            when $dropped : FileEvent( like( file.path, "*inetpub*" ) )
            then insert( new Detection( $dropped ) );
            end
            """);
    try (Detector detector = detector(Duration.ZERO)) {
      detector.accept(drop("before", "WEB01", START));
      detector.reload(own);
      detector.accept(drop("after", "WEB01", START.plusSeconds(1)));
      detector.accept(load("l", "WEB01", START.plusSeconds(2)));
    }
    assertEquals(List.of("any-drop"), said());
  }

  @Test
  void aRuleThatIsGoneForgetsWhatItWaitedFor() throws IOException {
    Rules own =
        rules("rule \"x\" @id( \"x\" ) when FileEvent( file.path == \"c:\\\\x\" ) then end");
    try (Detector detector = detector(Duration.ZERO)) {
      detector.accept(registration("r", "WEB01", START));
      detector.reload(own);
      detector.accept(drop("d", "WEB01", START.plusSeconds(60)));
      assertEquals(List.of(), said());
    }
  }

  @Test
  void rulesThatDoNotCompileLeaveTheOldOnesInPlace() throws IOException {
    try (Detector detector = detector(Duration.ZERO)) {
      RulesException refusal =
          assertThrows(
              RulesException.class,
              () -> detector.reload(rules("rule \"x\" when FileEvent( then end")));
      assertEquals(
          true, String.valueOf(refusal.getMessage()).contains("own.drl:4"), refusal::toString);
      detector.accept(load("l", "WEB01", START));
    }
    assertEquals(List.of("w3wp-module-load"), said());
  }

  @Test
  void aNewRuleThatThrowsOnWhatIsHeldCostsOnlyItself() throws IOException {
    for (String name : List.of("registry-then-file.drl", "w3wp-module-load.drl")) {
      Files.copy(Path.of("rules-drl", name), directory.resolve(name));
    }
    Rules throwing =
        rules(
            """
            rule "throws" @id( "throws" ) @severity( "low" )
            when PendingSequence( first.process.commandLine.length() > 3 ) then
            end
            """);
    try (Detector detector = detector(Duration.ZERO)) {
      detector.accept(registration("r", "WEB01", START));
      detector.reload(throwing);
      detector.accept(drop("d", "WEB01", START.plusSeconds(60)));
      assertEquals(1, detector.counters().ruleFailures());
    }
    assertEquals(List.of("registry-then-file"), said());
  }

  @Test
  void reloadUnderLoadLosesNothing() throws InterruptedException {
    int count = 4_000;
    AtomicBoolean done = new AtomicBoolean();
    try (Detector detector = detector(Duration.ZERO)) {
      Thread reloads =
          new Thread(
              () -> {
                for (int i = 0; !done.get(); i++) {
                  detector.reload(i % 2 == 0 ? AGAIN : BUNDLED);
                }
              });
      List<Thread> feeds = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        String host = "WEB" + thread;
        feeds.add(
            new Thread(
                () -> {
                  for (int i = 0; i < count; i++) {
                    detector.accept(registration(host + "r" + i, host, START.plusSeconds(2L * i)));
                    detector.accept(drop(host + "d" + i, host, START.plusSeconds(2L * i + 1)));
                  }
                }));
      }
      reloads.start();
      feeds.forEach(Thread::start);
      for (Thread feed : feeds) {
        feed.join();
      }
      done.set(true);
      reloads.join();
    }
    Set<String> ids = new HashSet<>();
    sink.alerts().forEach(alert -> ids.add(alert.id()));
    assertEquals(2 * count, sink.alerts().size());
    assertEquals(2 * count, ids.size());
  }

  @Test
  void aClosedDetectorIsNotReloaded() {
    Detector detector = detector(Duration.ZERO);
    detector.close();

    assertThrows(IllegalStateException.class, () -> detector.reload(AGAIN));
  }
}
