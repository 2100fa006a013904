package dev.iiswarden.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.event.CodeSignatureFields;
import dev.iiswarden.event.DllFields;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.HashFields;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests which alerts are one incident, and what it says of itself. */
class IncidentTest {
  private static final Instant START = Instant.parse("2026-03-01T03:00:00Z");
  private static final String EVIL = "C:\\Windows\\System32\\inetsrv\\evil.dll";

  private final AlertScreen screen = screen();

  private static AlertScreen screen() {
    return new AlertScreen(
        Allowlist.empty(), InstantSource.fixed(START), null, 1_000_000, 1_000_000);
  }

  private static Rule rule(String id, String severity, String... stages) {
    return Rule.builder(id).severity(severity).stages(List.of(stages)).build();
  }

  private static final Rule DROP = rule("drop", "medium", "dropped");
  private static final Rule REGISTRATION = rule("registration", "medium", "registered");
  private static final Rule LOAD = rule("load", "medium", "loaded");
  private static final Rule CHILD = rule("child", "low", "used");

  private static ProcessFields process(
      String name, @Nullable Long pid, @Nullable ProcessFields parent) {
    return ProcessFields.builder()
        .name(name)
        .executable("C:\\x\\" + name)
        .pid(pid)
        .parent(parent)
        .build();
  }

  private static final ProcessFields WORKER =
      ProcessFields.builder()
          .name("w3wp.exe")
          .pid(600L)
          .commandLine("w3wp.exe -ap \"Shop\" -v v4.0")
          .build();

  private static FileEvent drop(String path, ProcessFields by, Duration after) {
    return FileEvent.builder()
        .id("drop" + path + after)
        .timestamp(START.plus(after))
        .hostName("WEB")
        .type("creation")
        .process(() -> by)
        .path(path)
        .extension("dll")
        .build();
  }

  private static ProcessEvent start(
      ProcessFields process, String command, ProcessFields parent, Duration after) {
    ProcessFields started =
        ProcessFields.builder()
            .name(process.getName())
            .executable(process.getExecutable())
            .pid(process.getPid())
            .commandLine(command)
            .parent(parent)
            .build();
    return ProcessEvent.builder()
        .id("start" + command + after)
        .timestamp(START.plus(after))
        .hostName("WEB")
        .type("start")
        .process(() -> started)
        .build();
  }

  private static LibraryEvent load(String path, Duration after, CodeSignatureFields signature) {
    return LibraryEvent.builder()
        .id("load" + path + after)
        .timestamp(START.plus(after))
        .hostName("WEB")
        .process(() -> WORKER)
        .dll(() -> new DllFields(path, "x.dll", new HashFields(), signature))
        .build();
  }

  private static LibraryEvent load(String path, Duration after) {
    return load(path, after, new CodeSignatureFields());
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private List<Incident> told(Alert... alerts) {
    List<Incident> incidents = new ArrayList<>();
    for (Alert alert : alerts) {
      screen.screen(List.of(alert)).forEach(one -> incidents.add(one.incident()));
    }
    return incidents;
  }

  private static Alert alert(Rule rule, Event... evidence) {
    return Alert.of(rule, List.of(evidence));
  }

  private void assertOne(boolean isOne, Alert first, Alert second) {
    List<Incident> incidents = told(first, second);
    assertEquals(isOne, incidents.get(0).id().equals(incidents.get(1).id()), incidents::toString);
  }

  @Test
  void alertsAboutOneDllAreOneIncidentInAnySpellingAndAcrossAnHour() {
    assertOne(
        true,
        alert(DROP, drop(EVIL, process("cmd.exe", 7L, null), seconds(0))),
        alert(LOAD, load("%windir%\\SYSTEM32\\inetsrv\\EVIL.dll", seconds(7_000))));
  }

  @Test
  void aDayApartAtMost() {
    Alert first = alert(DROP, drop(EVIL, process("cmd.exe", 7L, null), seconds(0)));
    assertOne(true, first, alert(LOAD, load(EVIL, Duration.ofDays(1))));
  }

  @Test
  void moreThanADayApartAreTwo() {
    Alert first = alert(DROP, drop(EVIL, process("cmd.exe", 7L, null), seconds(0)));
    assertOne(false, first, alert(LOAD, load(EVIL, Duration.ofDays(1).plusMillis(1))));
  }

  @Test
  void theDayCountsFromTheLastAlert() {
    List<Incident> incidents =
        told(
            alert(LOAD, load(EVIL, Duration.ofHours(0))),
            alert(LOAD, load(EVIL, Duration.ofHours(20))),
            alert(LOAD, load(EVIL, Duration.ofHours(40))));
    assertEquals(1, incidents.stream().map(Incident::id).distinct().count());
  }

  @Test
  void oneProcessAndItsChildrenAreOneIncident() {
    ProcessFields shell = process("cmd.exe", 7L, null);
    assertOne(
        true,
        alert(DROP, drop(EVIL, shell, seconds(0))),
        alert(CHILD, start(process("whoami.exe", 8L, null), "whoami", shell, seconds(60))));
  }

  @Test
  void sharedProcessesLinkNothing() {
    for (String name : List.of("w3wp.exe", "SVCHOST.exe", "Calamari.exe", "msiexec.exe")) {
      ProcessFields shared = process(name, 7L, null);
      assertOne(
          false,
          alert(DROP, drop("C:\\a\\" + name + "1.dll", shared, seconds(0))),
          alert(DROP, drop("C:\\b\\" + name + "2.dll", shared, seconds(1))));
    }
  }

  @Test
  void anotherHostIsAnotherIncident() {
    FileEvent there =
        FileEvent.builder()
            .id("f")
            .timestamp(START)
            .hostName("OTHER")
            .path(EVIL)
            .extension("dll")
            .build();
    assertOne(
        false,
        alert(DROP, drop(EVIL, process("cmd.exe", 7L, null), seconds(0))),
        alert(DROP, there));
  }

  @Test
  void whatAnAlertJoinsBecomesOneWithTheOlderId() {
    ProcessFields shell = process("cmd.exe", 7L, null);
    List<Incident> incidents =
        told(
            alert(DROP, drop(EVIL, shell, seconds(0))),
            alert(LOAD, load("C:\\b\\other.dll", seconds(10))),
            alert(REGISTRATION, drop("C:\\b\\other.dll", shell, seconds(20))),
            alert(LOAD, load("C:\\b\\other.dll", seconds(30))));
    assertNotEquals(incidents.get(0).id(), incidents.get(1).id());
    assertEquals(incidents.get(0).id(), incidents.get(2).id());
    assertEquals(List.of(incidents.get(1).id()), incidents.get(2).merged());
    assertEquals(incidents.get(0).id(), incidents.get(3).id());
    assertEquals(START, incidents.get(3).first());
    assertEquals(START.plusSeconds(30), incidents.get(3).last());
  }

  @Test
  void theOrderOfAlertsOfOneMomentDoesNotMatter() {
    ProcessFields shell = process("cmd.exe", 7L, null);
    List<Alert> moment =
        List.of(
            alert(DROP, drop(EVIL, shell, seconds(0))),
            alert(DROP, drop("C:\\b\\other.dll", process("cmd.exe", 8L, null), seconds(0))),
            alert(CHILD, start(process("cmd.exe", 8L, null), "cmd", shell, seconds(0))));
    Set<String> told = new LinkedHashSet<>();
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      List<Alert> shuffled = new ArrayList<>(moment);
      Collections.shuffle(shuffled, random);
      screen().screen(shuffled).forEach(alert -> told.add(alert.incident().toString()));
    }
    assertEquals(1, told.size(), told::toString);
  }

  @Test
  void threeMediumRulesThatShowAnIntrusionAreHighTogether() {
    ProcessFields shell = process("cmd.exe", 7L, WORKER);
    List<Incident> incidents =
        told(
            alert(DROP, drop(EVIL, shell, seconds(0))),
            alert(
                REGISTRATION,
                start(
                    process("appcmd.exe", 8L, null),
                    "appcmd install module /image:" + EVIL,
                    shell,
                    seconds(25))),
            alert(LOAD, load(EVIL, seconds(63))));
    assertEquals(
        List.of("medium", "medium", "high"), incidents.stream().map(Incident::severity).toList());
    assertEquals(List.of(47, 62, 77), incidents.stream().map(Incident::score).toList());
    assertEquals(List.of("dropped", "registered", "loaded"), incidents.get(2).stages());
    assertEquals(
        "w3wp.exe (Shop) had cmd.exe write evil.dll, appcmd.exe registered it 25 s later, loaded"
            + " after 63 s",
        incidents.get(2).verdict());
  }

  @Test
  void twoOfThemAreNot() {
    Incident incident =
        told(
                alert(
                    rule("drop", "medium", "dropped", "registered"),
                    drop(EVIL, WORKER, seconds(0))),
                alert(LOAD, load(EVIL, seconds(63))),
                alert(rule("low", "low", "registered"), load(EVIL, seconds(64))))
            .get(2);
    assertEquals("medium", incident.severity());
    assertEquals(47 + 5 + 1 + 20, incident.score());
  }

  @Test
  void aValidSignatureMakesALoadWeighLess() {
    assertEquals("low", severityOfSigned(true, "Microsoft Windows"));
    assertEquals("medium", severityOfSigned(true, "Contoso"));
    assertEquals("high", severityOfSigned(false, "Microsoft Windows"));
    Rule dropAndLoad = rule("both", "high", "dropped", "loaded");
    CodeSignatureFields signed =
        new CodeSignatureFields(true, true, "Valid", "Microsoft Corporation");
    assertEquals(
        "high",
        told(alert(dropAndLoad, drop(EVIL, WORKER, seconds(0)), load(EVIL, seconds(1), signed)))
            .get(0)
            .severity());
  }

  private static String severityOfSigned(boolean valid, String signer) {
    CodeSignatureFields signature = new CodeSignatureFields(true, valid, "", signer);
    return alert(rule("any", "high", "loaded"), load(EVIL, seconds(0), signature))
        .incident()
        .severity();
  }

  @Test
  void everySubsetOfStagesIsASentence() {
    Event dropped = drop(EVIL, WORKER, seconds(0));
    Event registered =
        start(
            process("appcmd.exe", 8L, null),
            "appcmd install module /image:evil.dll",
            WORKER,
            seconds(60));
    Event loaded = load(EVIL, seconds(3_600));
    Event used = start(process("cmd.exe", 9L, null), "cmd /c dir", WORKER, seconds(200_000));
    List<String> all = Rule.STAGES;
    Set<String> sentences = new LinkedHashSet<>();
    for (int subset = 0; subset < 16; subset++) {
      List<String> stages = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        if ((subset >> i & 1) == 1) {
          stages.add(all.get(i));
        }
      }
      Rule rule = rule("any", "medium", stages.toArray(String[]::new));
      sentences.add(alert(rule, dropped, registered, loaded, used).incident().verdict());
    }
    // Without a stage, the last act is told, as for use alone.
    assertEquals(15, sentences.size(), sentences::toString);
    assertTrue(
        sentences.contains(
            "w3wp.exe (Shop) wrote evil.dll, w3wp.exe (Shop) had appcmd.exe register it 60 s later,"
                + " loaded after 60 min, then w3wp.exe (Shop) started cmd.exe after 2 days"),
        sentences::toString);
    assertTrue(sentences.contains("w3wp.exe (Shop) loaded evil.dll"), sentences::toString);
    assertTrue(sentences.stream().noneMatch(one -> one.contains("null") || one.isEmpty()));
  }

  @Test
  void whatIsUnknownIsLeftOut() {
    Event bare =
        EventKind.named("file").orElseThrow().event(START, Map.of("file.path", "C:\\a\\b.dll"));
    assertEquals("b.dll was written", alert(DROP, bare).incident().verdict());
    Event empty = EventKind.named("registry").orElseThrow().event(START, Map.of());
    assertEquals("a module was registered", alert(REGISTRATION, empty).incident().verdict());
    for (EventKind kind : EventKind.all()) {
      for (String stage : Rule.STAGES) {
        String verdict =
            alert(rule("any", "low", stage), kind.event(START, Map.of())).incident().verdict();
        assertTrue(!verdict.isBlank() && !verdict.contains("null"), verdict);
      }
    }
  }

  @Test
  void theVerdictIsBounded() {
    String name = "x".repeat(10_000);
    Incident incident =
        alert(
                rule("any", "low", "dropped", "registered", "loaded", "used"),
                drop("C:\\" + name + ".dll", process(name, 1L, WORKER), seconds(0)),
                start(process(name, 2L, null), name, process(name, 1L, null), seconds(1)),
                load("C:\\" + name + "2.dll", seconds(2)))
            .incident();
    assertTrue(incident.verdict().length() <= 400, () -> "" + incident.verdict().length());
  }

  @Test
  void aRestartChangesNothing() throws Exception {
    ProcessFields shell = process("cmd.exe", 7L, WORKER);
    List<Alert> alerts =
        List.of(
            alert(DROP, drop(EVIL, shell, seconds(0))),
            alert(LOAD, load("C:\\b\\other.dll", seconds(10))),
            alert(REGISTRATION, drop("C:\\b\\other.dll", shell, seconds(20))),
            alert(LOAD, load(EVIL, seconds(63))));
    List<Incident> expected = told(alerts.toArray(Alert[]::new));
    List<Incident> incidents = new ArrayList<>();
    AlertScreen now = screen();
    for (Alert alert : alerts) {
      incidents.add(now.screen(List.of(alert)).get(0).incident());
      List<JsonNode> state = now.state();
      now = screen();
      now.restore(state, List.of());
    }
    assertEquals(expected, incidents);
  }

  @Test
  void theLongestUnusedIncidentIsForgottenFirst() {
    IncidentTracker tracker = new IncidentTracker(10, 1_000);
    String first = "";
    for (int i = 0; i < 100; i++) {
      Alert alert = alert(LOAD, load("C:\\a\\" + i + ".dll", seconds(i)));
      Incident incident = tracker.join(List.of(alert)).get(0).incident();
      first = i == 0 ? incident.id() : first;
    }
    assertEquals(10, tracker.size());
    IncidentTracker links = new IncidentTracker(1_000, 30);
    for (int i = 0; i < 100; i++) {
      links.join(List.of(alert(LOAD, load("C:\\a\\" + i + ".dll", seconds(i)))));
    }
    assertEquals(10, links.size(), "three links each: the event, the DLL and the subject");
  }

  @Test
  void anIncidentIsForgottenADayAfterItsLastAlertOnItsHost() {
    IncidentTracker tracker = new IncidentTracker();
    for (int i = 0; i < 100; i++) {
      tracker.join(List.of(alert(LOAD, load("C:\\a\\" + i + ".dll", Duration.ofHours(i)))));
    }
    assertTrue(tracker.size() <= 26, () -> "" + tracker.size());
  }

  @Test
  void aSinkIsToldWhichAlertOpensAnIncident() {
    List<String> told = new ArrayList<>();
    IncidentSink sink =
        new IncidentSink() {
          private boolean refuses = true;

          @Override
          public void opened(Incident incident, Alert alert) {
            if (refuses) {
              refuses = false;
              throw new IllegalStateException("not yet");
            }
            told.add("opened " + alert.rule().id());
          }

          @Override
          public void grown(Incident incident, Alert alert) {
            told.add("grown " + alert.rule().id());
          }
        };
    AlertDelivery delivery = new AlertDelivery(screen, List.of(), List.of(), List.of(sink));
    delivery.deliver(List.of(alert(DROP, drop(EVIL, WORKER, seconds(0)))));
    delivery.deliver(List.of(alert(LOAD, load(EVIL, seconds(1)))));
    delivery.deliver(List.of(alert(LOAD, load("C:\\b\\other.dll", seconds(2)))));
    assertEquals(List.of("opened drop", "grown load", "opened load"), told);
  }

  private static final Rule AUDIT = rule("audit", "low");

  @Test
  void whatShowsNoStepOfAnIntrusionIsTogetherOneIncidentOfAHost() {
    assertOne(
        true,
        alert(AUDIT, load("C:\\sites\\a\\a.dll", seconds(0))),
        alert(AUDIT, load("C:\\sites\\b\\b.dll", Duration.ofHours(24))));
    CodeSignatureFields microsofts =
        new CodeSignatureFields(true, true, "Valid", "Microsoft Windows Publisher");
    assertOne(
        true,
        alert(AUDIT, load("C:\\sites\\c\\c.dll", seconds(0))),
        alert(
            rule("grave", "high", "loaded"),
            load("C:\\ProgramData\\MpOav.dll", seconds(1), microsofts)));
  }

  @Test
  void itJoinsAnIntrusionButBeginsNone() {
    ProcessFields shell = process("cmd.exe", 7L, null);
    List<Incident> incidents =
        told(
            alert(DROP, drop(EVIL, shell, seconds(0))),
            alert(AUDIT, load(EVIL, seconds(1))),
            alert(AUDIT, load("C:\\sites\\a\\a.dll", seconds(2))),
            alert(LOAD, load("C:\\sites\\a\\a.dll", seconds(3))));
    assertEquals(incidents.get(0).id(), incidents.get(1).id());
    assertNotEquals(incidents.get(0).id(), incidents.get(2).id());
    assertNotEquals(incidents.get(2).id(), incidents.get(3).id());
  }

  @Test
  void whatAWorkerProcessWritesIntoOneSiteIsOneIncident() {
    Event dll = drop("C:\\inetpub\\wwwroot\\shop\\bin\\x.dll", WORKER, seconds(0));
    assertOne(
        true,
        alert(DROP, dll),
        alert(REGISTRATION, drop("C:\\inetpub\\wwwroot\\shop\\web.config", WORKER, seconds(60))));
    assertOne(
        false,
        alert(DROP, dll),
        alert(REGISTRATION, drop("C:\\inetpub\\wwwroot\\blog\\web.config", WORKER, seconds(60))));
  }

  @Test
  void aConfigurationFileThatWasWrittenDoesNotSayWhichModuleWasRegistered() {
    FileEvent written =
        FileEvent.builder()
            .id("c")
            .timestamp(START)
            .hostName("WEB")
            .type("change")
            .process(() -> process("notepad.exe", 7L, null))
            .path("C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config")
            .extension("config")
            .build();
    assertEquals(
        "notepad.exe wrote applicationHost.config",
        alert(REGISTRATION, written).incident().verdict());
  }

  @Test
  void toWriteAFileInItsPlaceIsToRegisterIt() {
    FileEvent written = drop(EVIL, process("xcopy.exe", 7L, null), seconds(0));
    assertEquals(
        "xcopy.exe wrote evil.dll, loaded after 25 s",
        alert(
                rule("replaced", "high", "dropped", "registered", "loaded"),
                written,
                load(EVIL, seconds(25)))
            .incident()
            .verdict());
  }
}
