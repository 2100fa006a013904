package dev.iiswarden;

import static dev.iiswarden.testing.IisEvents.START;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.PowershellFields;
import dev.iiswarden.event.ScriptBlockEvent;
import dev.iiswarden.event.ScriptBlockFields;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.IisEvents;
import dev.iiswarden.testing.MemoryHostStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cmdlet whose name is divided between two events of a long script block is seen. */
class ScriptBlockPartsTest {
  private static final String FIRST = "Import-Module WebAdministration; New-WebGlob";
  private static final String LAST = "alModule -Name m -Image 'D:\\m.dll'";

  private final MemoryHostStore store = new MemoryHostStore();
  private final InMemorySink sink = new InMemorySink();

  private static ScriptBlockEvent part(long sequence, String text, Instant time) {
    return ScriptBlockEvent.builder()
        .id("part" + sequence)
        .timestamp(time)
        .hostName("WEB01")
        .code("4104")
        .powershell(new PowershellFields(new ScriptBlockFields(text, "b1"), sequence, 2L))
        .build();
  }

  private static ScriptBlockEvent first() {
    return part(1, FIRST, START);
  }

  private static ScriptBlockEvent last() {
    return part(2, LAST, START.plusMillis(20));
  }

  private DetectorBuilder detector() {
    return Detector.builder().rules(Rules.bundled()).lateness(Duration.ofSeconds(30)).sink(sink);
  }

  private List<String> scripts() {
    return sink.alerts().stream()
        .filter(alert -> "registration-script-block".equals(alert.rule().id()))
        .map(Alert::evidence)
        .map(evidence -> evidence.get(evidence.size() - 1))
        .map(
            event ->
                event.getEvent().getId() + ": " + event.value("powershell.file.script_block_text"))
        .toList();
  }

  private static final List<String> WHOLE = List.of("part2: " + FIRST + LAST);

  @Test
  void theWholeScriptIsEvaluated() {
    try (Detector detector = detector().build()) {
      detector.accept(first());
      detector.accept(last());
      assertEquals(0, detector.counters().dropped());
    }
    assertEquals(WHOLE, scripts());
  }

  @Test
  void theOrderOfArrivalMakesNoDifference() {
    try (Detector detector = detector().build()) {
      detector.accept(last());
      detector.accept(first());
    }
    assertEquals(WHOLE, scripts());
  }

  @Test
  void withoutLatenessTheLastToComeIsTheWhole() {
    try (Detector detector = detector().lateness(Duration.ZERO).build()) {
      detector.accept(last());
      detector.accept(first());
    }
    assertEquals(List.of("part1: " + FIRST + LAST), scripts());
  }

  @Test
  void aPartIsRememberedInASnapshot() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Detector detector = detector().lateness(Duration.ZERO).build()) {
      detector.accept(first());
      detector.snapshot(out);
    }
    assertEquals(List.of(), scripts());
    try (Detector detector = detector().lateness(Duration.ZERO).build()) {
      detector.restore(new ByteArrayInputStream(out.toByteArray()));
      detector.accept(last());
    }
    assertEquals(WHOLE, scripts());
  }

  @Test
  void aPartIsRememberedInAHostStore() {
    try (Detector detector = detector().lateness(Duration.ZERO).hostStore(store).build()) {
      detector.accept(first());
    }
    assertEquals(List.of("web01"), store.hosts());
    try (Detector detector = detector().lateness(Duration.ZERO).hostStore(store).build()) {
      detector.accept(last());
      detector.advanceTo(last().getHost(), START.plusSeconds(3_000));
      assertEquals(List.of("web01"), store.hosts());
      detector.advanceTo(last().getHost(), START.plusSeconds(30 * 3_600));
      detector.advanceTo(last().getHost(), START.plusSeconds(31 * 3_600));
    }
    assertEquals(WHOLE, scripts());
    assertEquals(List.of(), store.hosts());
  }

  @Test
  void aPartOutlivesAReload() {
    try (Detector detector = detector().lateness(Duration.ZERO).build()) {
      detector.accept(first());
      detector.reload(Rules.bundled());
      detector.accept(last());
    }
    assertEquals(WHOLE, scripts());
  }

  @Test
  void withoutRulesAboutScriptsNothingIsRemembered() {
    try (Detector detector = detector().rules(Rules.baseQuery()).lateness(Duration.ZERO).build()) {
      detector.accept(first());
      assertEquals(0, detector.counters().openHosts());
      assertEquals(0, detector.counters().relevant());
    }
  }

  @Test
  void aPartWithoutMeaningOfItsOwnOpensNoSession() {
    try (Detector detector = detector().lateness(Duration.ZERO).build()) {
      detector.accept(Decoded.of(List.of(first())));
      assertEquals(1, detector.counters().openHosts());
      assertEquals(0, detector.counters().openFacts());
      detector.accept(IisEvents.ordinary("WEB01", START.plusSeconds(240)));
      detector.advanceTo(START.plusSeconds(3_601));
      assertEquals(0, detector.counters().openHosts());
    }
  }
}
