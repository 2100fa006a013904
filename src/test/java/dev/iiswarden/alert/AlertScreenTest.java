package dev.iiswarden.alert;

import static dev.iiswarden.testing.Story.APPCMD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.IisEvents;
import dev.iiswarden.testing.Story;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the suppression of repeats and of alerts over the hourly limits. */
class AlertScreenTest {
  private static final String LIST = "appcmd list modules";
  private static final String TEMPORARY = "C:\\Windows\\Temp\\a.dll";

  private final InMemorySink said = new InMemorySink();
  private final InMemorySink heldBack = new InMemorySink();
  private final DetectorBuilder builder =
      Detector.builder().lateness(Duration.ZERO).sink(said).suppressedSink(heldBack);

  private List<String> said() {
    return said.alerts().stream().map(alert -> alert.rule().id()).toList();
  }

  private void play(Story story) {
    try (Detector detector = builder.build()) {
      story.records().forEach(detector::accept);
    }
  }

  @Test
  void withoutBeingAskedRepeatsAreSaid() {
    play(Story.begin().loaded(TEMPORARY).loaded(TEMPORARY));
    assertEquals(List.of("w3wp-module-load", "w3wp-module-load"), said());
  }

  @Test
  void aRepeatIsHeldBackAndTheNextOneTellsHowManyThereWere() {
    builder.suppressRepeats(Duration.ofHours(1));
    play(
        Story.begin()
            .loaded(TEMPORARY)
            .loaded(TEMPORARY)
            .loaded(TEMPORARY)
            .after(Duration.ofHours(1))
            .loaded(TEMPORARY));
    assertEquals(List.of("w3wp-module-load", "w3wp-module-load"), said());
    assertEquals(List.of(0L, 2L), said.alerts().stream().map(Alert::repeats).toList());
    Suppression reason = heldBack.alerts().get(0).suppression();
    assertTrue(reason != null && reason.by() == Suppression.By.REPEAT, () -> "" + reason);
    assertTrue(
        reason != null && reason.reason().contains(said.alerts().get(0).id()), () -> "" + reason);
  }

  @Test
  void whatIsAboutAnotherDllOrCommandOrHostIsNoRepeat() {
    builder.suppressRepeats(Duration.ofHours(1));
    play(
        Story.begin()
            .started(APPCMD, LIST)
            .started(APPCMD, LIST + " /text:name")
            .loaded("C:\\Windows\\Temp\\a.dll")
            .loaded("C:\\Windows\\Temp\\b.dll")
            .loaded("C:\\Windows\\TEMP\\A.dll"));
    assertEquals(
        List.of("module-listing", "module-listing", "w3wp-module-load", "w3wp-module-load"),
        said());
  }

  @Test
  void aRestartForgetsNeitherRepeatsNorLimits() throws IOException {
    builder.rules(Rules.bundled()).suppressRepeats(Duration.ofMinutes(1)).mostAlertsPerHour(100, 2);
    Detector detector = builder.build();
    for (int i = 0; i < 6; i++) {
      // Two of each, and the first again two minutes later, which is one too many in the hour.
      detector.accept(load(i / 2 % 2, IisEvents.START.plusSeconds(i < 4 ? i : 120 + i)));
      ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
      detector.snapshot(snapshot);
      detector = builder.build();
      detector.restore(new ByteArrayInputStream(snapshot.toByteArray()));
    }
    List<String> how =
        heldBack.alerts().stream()
            .filter(alert -> alert.rule().id().equals("w3wp-module-load"))
            .map(alert -> String.valueOf(alert.suppression()).replaceAll("(?s).*by=(\\w+).*", "$1"))
            .toList();
    assertEquals(List.of("REPEAT", "REPEAT", "QUOTA", "REPEAT"), how);
    detector.close();
    assertTrue(
        said.alerts().stream()
            .anyMatch(
                alert ->
                    alert
                        .rule()
                        .name()
                        .equals("1 alerts of rule w3wp-module-load were suppressed on host web")),
        "the summary is of what was counted before the restarts as well");
  }

  @Test
  void anAlertThatIsRaisedAgainAfterACrashIsNoRepeat() throws IOException {
    builder.suppressRepeats(Duration.ofHours(1));
    ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
    try (Detector detector = builder.build()) {
      detector.accept(load(1, IisEvents.START));
      detector.snapshot(snapshot);
    }
    int before = said.alerts().size();
    try (Detector detector = builder.build()) {
      detector.restore(new ByteArrayInputStream(snapshot.toByteArray()));
      detector.accept(load(1, IisEvents.START));
    }
    assertEquals(2 * before, said.alerts().size());
  }

  private static LibraryEvent load(int dll, Instant time) {
    return LibraryEvent.builder()
        .id("l" + dll + time)
        .timestamp(time)
        .hostName("WEB")
        .processName("w3wp.exe")
        .path("C:\\Windows\\Temp\\" + dll + ".dll")
        .name(dll + ".dll")
        .build();
  }

  private static final String OWN_RULE =
      """
      package analyst;
      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;
      rule "A load" @id( "a-load" ) @suppressBy( "process.name", "site" ) @suppressFor( "2h" )
      when
          $loaded : LibraryEvent( like( dll.name, "*.dll" ) )
      then
          insert( new Detection( $loaded ) );
      end
      """;

  private static LibraryEvent loadBy(String process, String path, Instant time) {
    return LibraryEvent.builder()
        .id(process + path + time)
        .timestamp(time)
        .hostName("WEB")
        .processName(process)
        .path(path)
        .name(path.substring(path.lastIndexOf('\\') + 1))
        .build();
  }

  @Test
  void aRuleSaysWhatItsRepeatsAreAndForHowLong() throws IOException {
    builder.rules(Rules.fromFiles(Map.of("own.drl", OWN_RULE)));
    Detector detector = builder.build();
    Instant start = IisEvents.START;
    for (LibraryEvent event :
        List.of(
            loadBy("w3wp.exe", "C:\\sites\\Shop\\bin\\a.dll", start),
            loadBy("w3wp.exe", "C:\\SITES\\shop\\bin\\sub\\b.dll", start.plusSeconds(60)),
            loadBy("iis.exe", "C:\\sites\\shop\\bin\\a.dll", start.plusSeconds(120)),
            loadBy("w3wp.exe", "C:\\sites\\blog\\bin\\a.dll", start.plusSeconds(180)),
            loadBy("w3wp.exe", "C:\\sites\\shop\\bin\\c.dll", start.plusSeconds(7199)),
            loadBy("w3wp.exe", "C:\\sites\\shop\\bin\\d.dll", start.plusSeconds(7200)))) {
      detector.accept(event);
      ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
      detector.snapshot(snapshot);
      detector = builder.build();
      detector.restore(new ByteArrayInputStream(snapshot.toByteArray()));
    }
    detector.close();
    assertEquals(
        List.of("a.dll 0", "a.dll 0", "a.dll 0", "d.dll 2"),
        said.alerts().stream()
            .map(alert -> alert.evidence().get(0).getDll().getName() + " " + alert.repeats())
            .toList());
    assertEquals(
        List.of("b.dll", "c.dll"),
        heldBack.alerts().stream()
            .map(alert -> alert.evidence().get(0).getDll().getName())
            .toList());
  }

  @Test
  void aSpanMustBePositive() {
    assertThrows(IllegalArgumentException.class, () -> builder.suppressRepeats(Duration.ZERO));
  }

  @Test
  void aRuleThatSaysTooMuchOnAHostIsHeldBackAndSummedUp() {
    builder.mostAlertsPerHour(100, 3);
    Instant hour = Instant.parse("2026-03-01T03:00:00Z");
    try (Detector detector = builder.build()) {
      for (int i = 0; i < 10; i++) {
        detector.accept(IisEvents.load("l" + i, "WEB", hour.plusSeconds(i)));
        detector.accept(IisEvents.load("o" + i, i < 3 ? "QUIET" : "H" + i, hour.plusSeconds(i)));
      }
      detector.accept(IisEvents.load("next", "WEB", hour.plusSeconds(3600)));
      assertEquals(7, heldBack.alerts().size());
      assertEquals(7, detector.counters().suppressed());
      assertEquals(21, detector.counters().alerts());
    }
    List<Alert> summaries =
        said.alerts().stream()
            .filter(alert -> alert.rule().id().equals("alerts-held-back"))
            .toList();
    assertEquals(
        List.of(
            "Rule w3wp-module-load raises too many alerts on host web: more are suppressed",
            "7 alerts of rule w3wp-module-load were suppressed on host web"),
        summaries.stream().map(alert -> alert.rule().name()).toList());
    assertEquals(3 + 10 + 1 + 2, said.alerts().size());
  }

  @Test
  void aFloodDoesNotHideWhatIsNew() {
    builder.mostAlertsPerHour(1_000, 3);
    try (Detector detector = builder.build()) {
      for (int i = 0; i < 9; i++) {
        detector.accept(load(0, IisEvents.START.plusSeconds(i)));
      }
      detector.accept(load(7, IisEvents.START.plusSeconds(10)));
      detector.accept(load(7, IisEvents.START.plusSeconds(11)));
    }
    assertEquals(
        List.of("0.dll", "0.dll", "0.dll", "7.dll"),
        said.alerts().stream()
            .filter(alert -> alert.rule().id().equals("w3wp-module-load"))
            .map(alert -> alert.evidence().get(0).getDll().getName())
            .toList());
    assertEquals(7, heldBack.alerts().size());
  }

  @Test
  void aRuleThatSaysTooMuchOnAllHostsTogetherIsHeldBack() {
    builder.mostAlertsPerHour(5, 100);
    try (Detector detector = builder.build()) {
      for (int i = 0; i < 12; i++) {
        detector.accept(IisEvents.load("l" + i, "WEB" + i % 5, IisEvents.START.plusSeconds(i)));
      }
      assertEquals(5 + 1, said.alerts().size());
    }
    assertEquals(7, heldBack.alerts().size());
    Alert last = said.alerts().get(said.alerts().size() - 1);
    assertEquals(
        "7 alerts of rule w3wp-module-load were suppressed on all hosts together",
        last.rule().name());
    assertTrue(last.id().matches("[0-9a-f]{32}"));
  }

  @Test
  void whatGoesOnIsShownAgainAfterAWeek() {
    builder.suppressRepeats(Duration.ofHours(24));
    Story story = Story.begin();
    for (int hours = 0; hours < 9 * 24; hours += 6) {
      story = story.loaded(TEMPORARY).after(Duration.ofHours(6));
    }
    play(story.after(Duration.ofHours(24)).loaded(TEMPORARY));
    assertEquals(List.of(0L, 27L, 7L), said.alerts().stream().map(Alert::repeats).toList());
  }
}
