package dev.iiswarden.engine;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.HostFields;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.WindowsEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Open state moves from one detector to another. */
class SnapshotTest {
  private static final Rules BUNDLED = Rules.baseQuery();

  private InMemorySink sink = new InMemorySink();

  private Detector detector() {
    return Detector.builder().rules(BUNDLED).lateness(Duration.ofSeconds(30)).sink(sink).build();
  }

  private static String text(Detector detector) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    detector.snapshot(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static ByteArrayInputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private String halfOpen() throws IOException {
    try (Detector detector = detector()) {
      detector.accept(registration("r", "WEB01", START));
      detector.accept(registration("s", "WEB02", START));
      detector.accept(drop("x", "WEB03", START));
      detector.accept(registration("late", "WEB01", START.plusSeconds(300)));
      detector.accept(drop("w", "WEB02", START.plusSeconds(300)));
      return text(detector);
    }
  }

  @Test
  void aSequenceThatIsHalfOpenIsCompletedAfterwards() throws IOException {
    String snapshot = halfOpen();
    sink = new InMemorySink();
    try (Detector detector = detector()) {
      detector.restore(in(snapshot));
      detector.accept(drop("d", "WEB01", START.plusSeconds(400)));
    }
    assertEquals(
        List.of("WEB01 [late, d]", "WEB02 [s, w]"),
        sink.alerts().stream()
            .map(
                alert ->
                    alert.host()
                        + " "
                        + alert.evidence().stream().map(event -> event.getEvent().getId()).toList())
            .sorted()
            .toList());
  }

  @Test
  void aSnapshotOfWhatWasRestoredIsTheSame() throws IOException {
    String snapshot = halfOpen();
    try (Detector detector = detector()) {
      detector.restore(in(snapshot));
      assertEquals(snapshot.lines().sorted().toList(), text(detector).lines().sorted().toList());
    }
  }

  @Test
  void everythingAnEventSaysIsKept() throws IOException {
    Event registration =
        EventDecoders.auto()
            .decode(
                WindowsEvent.sysmon(
                        13,
                        START,
                        "WEB01.corp.example",
                        Map.of(
                            "TargetObject", "HKLM\\W3SVC\\\u00c4\\DLL",
                            "Details", "C:\\\u20ac.dll",
                            "Image", "C:\\reg.exe",
                            "ProcessId", "4",
                            "User", "CORP\\eve"))
                    .xml())
            .events()
            .get(0);
    String snapshot;
    try (Detector detector = detector()) {
      detector.accept(registration);
      detector.accept(drop("o", "WEB01", START.plusSeconds(100)));
      snapshot = text(detector);
    }
    sink = new InMemorySink();
    try (Detector detector = detector()) {
      detector.restore(in(snapshot));
      assertEquals(0, detector.counters().events());
    }
    assertEquals(1, sink.alerts().size());
    assertEquals(registration.toMap(), sink.alerts().get(0).evidence().get(0).toMap());
  }

  @Test
  void whatWasLoggedTwiceIsKnownAcrossARestart() throws IOException {
    WindowsEvent write =
        WindowsEvent.sysmon(
            11, START.plusSeconds(1), "WEB01", Map.of("TargetFilename", "C:\\inetpub\\x.dll"));
    String snapshot;
    try (Detector detector =
        Detector.builder().rules(Rules.baseQuery()).lateness(Duration.ZERO).sink(sink).build()) {
      detector.accept(registration("r", "WEB01", START));
      detector.accept(EventDecoders.auto().decode(write.xml()));
      snapshot = text(detector);
    }
    try (Detector detector =
        Detector.builder().rules(Rules.baseQuery()).lateness(Duration.ZERO).sink(sink).build()) {
      detector.restore(in(snapshot));
      detector.accept(registration("s", "WEB01", START.plusSeconds(2)));
      detector.accept(EventDecoders.auto().decode(write.xml().replace(">11<", ">29<")));
      assertEquals(1, detector.counters().repeated());
    }
    assertEquals(1, sink.alerts().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~                                                    | the snapshot was cut short after line 0",
        "hello                                                 | this is not a snapshot of iiswarden",
        "{}                                                    | this is not a snapshot of iiswarden",
        "{\"format\":\"iiswarden-snapshot\",\"version\":1}     | this snapshot has version 1, and this release of iiswarden reads version 6"
      })
  void whatIsNoSnapshotOfThisVersionIsRefused(String text, String reason) throws IOException {
    try (Detector detector = detector()) {
      IOException refusal = assertThrows(IOException.class, () -> detector.restore(in(text)));
      assertEquals(reason, refusal.getMessage());
    }
  }

  @Test
  void aSnapshotThatIsCutShortAnywhereIsNotEvenHalfRestored() throws IOException {
    String snapshot = halfOpen();
    try (Detector detector = detector()) {
      for (int length = 0; length < snapshot.length() - 2; length += 7) {
        String cut = snapshot.substring(0, length);
        assertThrows(IOException.class, () -> detector.restore(in(cut)), cut);
        assertEquals(0, detector.counters().openHosts());
      }
      detector.restore(in(snapshot));
      assertEquals(3, detector.counters().openHosts());
    }
  }

  @Test
  void notOneBitMayBeWrong() throws IOException {
    byte[] snapshot = halfOpen().getBytes(StandardCharsets.UTF_8);
    try (Detector detector = detector()) {
      for (int bit = 0; bit < snapshot.length * 8; bit += 3) {
        byte[] damaged = snapshot.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        assertThrows(
            IOException.class, () -> detector.restore(new ByteArrayInputStream(damaged)), "" + bit);
        assertEquals(0, detector.counters().openHosts());
      }
      detector.restore(new ByteArrayInputStream(snapshot));
    }
  }

  @Test
  void noLineMayBeMissingOrThereTwiceOrElsewhere() throws IOException {
    List<String> lines = halfOpen().lines().toList();
    try (Detector detector = detector()) {
      for (int line = 0; line < lines.size(); line++) {
        for (int other = 0; other < lines.size(); other++) {
          List<String> changed = new ArrayList<>(lines);
          String moved = changed.remove(line);
          if (other == line) {
            assertThrows(IOException.class, () -> detector.restore(in(text(changed))));
            // Behind the last line is no longer the snapshot.
            changed.add(0, moved);
          }
          changed.add(other, moved);
          if (!changed.equals(lines)) {
            assertThrows(IOException.class, () -> detector.restore(in(text(changed))));
          }
        }
      }
    }
  }

  @Test
  void aHostIsRefusedTheSecondTime() throws Exception {
    HostState host =
        new HostState(new HostFields(), 0, 0, 0, 0, List.of(), List.of(), List.of(), List.of());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Snapshot(null, 0, List.of(), List.of(), List.of(host, host)).write(out);
    try (Detector detector = detector()) {
      IOException refusal =
          assertThrows(
              IOException.class,
              () -> detector.restore(new ByteArrayInputStream(out.toByteArray())));
      assertTrue(
          String.valueOf(refusal.getMessage()).startsWith("line 3 of the snapshot repeats host"),
          refusal::getMessage);
    }
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  @Test
  void damageIsNamedByItsLine() throws IOException {
    String snapshot = halfOpen();
    try (Detector detector = detector()) {
      String unknown = snapshot.replace("\"kind\":\"registry\"", "\"kind\":\"network\"");
      String reason =
          assertThrows(IOException.class, () -> detector.restore(in(unknown))).getMessage();
      assertTrue(
          String.valueOf(reason)
              .matches("line \\d of the snapshot is damaged: unknown kind of event: network"),
          reason);
    }
  }

  @Test
  void aDetectorThatHoldsSomethingIsNotOverwritten() throws IOException {
    String snapshot = halfOpen();
    try (Detector detector = detector()) {
      detector.accept(registration("r", "WEB01", START));
      assertThrows(IllegalStateException.class, () -> detector.restore(in(snapshot)));
    }
  }
}
