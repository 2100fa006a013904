package dev.iiswarden.alert;

import static dev.iiswarden.testing.Story.APPCMD;
import static dev.iiswarden.testing.Story.W3WP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.AllowlistWatch;
import dev.iiswarden.Detector;
import dev.iiswarden.event.ConfigurationEvent;
import dev.iiswarden.event.IisConfigurationFields;
import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.Await;
import dev.iiswarden.testing.CapturedLog;
import dev.iiswarden.testing.Readme;
import dev.iiswarden.testing.Story;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowlistTest {
  private static final Instant TODAY = Instant.parse("2026-06-15T12:00:00Z");
  private static final String DLL = "C:\\Program Files\\Vendor\\module.dll";
  private static final String INSTALL = "appcmd install module /name:V /image:\"" + DLL + "\"";

  private InMemorySink said = new InMemorySink();
  private InMemorySink heldBack = new InMemorySink();

  @TempDir private Path directory;

  private static Allowlist yaml(String conditions) {
    return Allowlist.parse("allow.yaml", entry(conditions).getBytes(StandardCharsets.UTF_8));
  }

  private static String entry(String conditions) {
    return "- id: own\n  reason: known\n  owner: web team\n  expires: 2026-06-30\n"
        + conditions.indent(2);
  }

  private Detector detector(Allowlist allowlist) {
    return Detector.builder()
        .lateness(Duration.ZERO)
        .mostAhead(Duration.ofDays(1), () -> TODAY)
        .allowlist(allowlist)
        .sink(said)
        .suppressedSink(heldBack)
        .build();
  }

  private List<String> saidOf(Allowlist allowlist, Story story) {
    said = new InMemorySink();
    heldBack = new InMemorySink();
    try (Detector detector = detector(allowlist)) {
      story.records().forEach(detector::accept);
    }
    return said.alerts().stream().map(alert -> alert.rule().id()).sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rule.id: registration-appcmd",
        "rule.id: [other, 'registration-*']",
        "host.name: web0?",
        "dll.path: 'c:/program files/vendor/*'",
        "process.executable: '%windir%\\System32\\inetsrv\\appcmd.exe'",
        "process.command_line: 'APPCMD install module *'",
        "process.parent.executable: '*\\cmd.exe'",
        "{rule.id: registration-appcmd, host.name: WEB01, dll.path: '*\\module.dll'}"
      })
  void whatMeetsAllConditionsIsHeldBack(String conditions) {
    String text =
        conditions.startsWith("{")
            ? conditions.replaceAll("[{}]", "").replace(", ", "\n")
            : conditions;
    assertEquals(List.of(), saidOf(yaml(text), Story.begin().started(APPCMD, INSTALL)));
    Alert alert = heldBack.alerts().get(0);
    assertEquals(new Suppression(Suppression.By.ALLOWLIST, "own", "known"), alert.suppression());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rule.id: registration-gac",
        "host.name: WEB02",
        "dll.path: 'C:\\Program Files\\Other\\*'",
        "file.path: '*'",
        "hash: fab4b30c1c4f0a9202a7b42dcf1729dc",
        "dll.code_signature.subject_name: '*'",
        "process.executable: '*\\cmd.exe'",
        "process.parent.executable: '*\\explorer.exe'",
        "rule.id: registration-appcmd\nhost.name: WEB02"
      })
  void whatFailsOneConditionIsSaid(String conditions) {
    assertEquals(
        List.of("registration-appcmd"),
        saidOf(yaml(conditions), Story.begin().started(APPCMD, INSTALL)));
  }

  @Test
  void everyDllOfTheAlertMustBeAllowed() {
    String two = INSTALL + " /image:C:\\evil.dll";
    assertEquals(
        List.of("registration-appcmd"),
        saidOf(yaml("dll.path: 'C:\\Program Files\\*'"), Story.begin().started(APPCMD, two)));
  }

  @Test
  void aSignerCountsOnlyWithAValidSignature() {
    String module = "C:\\Windows\\System32\\inetsrv\\module.dll";
    Allowlist vendor = yaml("dll.code_signature.subject_name: 'Vendor*'");
    Story unsigned = Story.begin().loaded(W3WP, module, "true", "Vendor Inc", "Expired");
    assertEquals(List.of("unsigned-module-load"), saidOf(vendor, unsigned));

    Story dropped = Story.begin().wrote(DLL).loaded(W3WP, DLL, "true", "Vendor Inc", "Valid");
    assertEquals(List.of(), saidOf(vendor, dropped));
    assertEquals(List.of("drop-then-load"), saidOf(yaml("dll.path: 'D:\\*'"), dropped));
  }

  @Test
  void aHashAllowsOneFileAlone() {
    Story written =
        Story.begin()
            .sysmon(
                29,
                "Image",
                W3WP,
                "TargetFilename",
                "C:\\inetpub\\a.dll",
                "Hashes",
                "MD5=FAB4B30C1C4F0A9202A7B42DCF1729DC,SHA256=00");
    assertEquals(List.of(), saidOf(yaml("hash: fab4b30c1c4f0a9202a7b42dcf1729dc"), written));
    assertEquals(
        List.of("drop-by-worker-process"),
        saidOf(yaml("hash: 00b4b30c1c4f0a9202a7b42dcf1729dc"), written));
  }

  @Test
  void theWorkerProcessThatLoadsIsNotTheOneWhoActed() {
    Story story =
        Story.begin()
            .wrote(1, "C:\\deploy\\agent.exe", DLL)
            .loaded(W3WP, DLL, "true", "Vendor Inc", "Valid");
    assertEquals(List.of(), saidOf(yaml("process.executable: 'C:\\deploy\\agent.exe'"), story));
    assertEquals(
        List.of("drop-then-load"), saidOf(yaml("process.executable: '*\\w3wp.exe'"), story));
  }

  @Test
  void alertsThatAreHeldBackAreCountedByEntry() {
    try (Detector detector = detector(yaml("host.name: WEB01"))) {
      Story.begin().started(APPCMD, INSTALL).records().forEach(detector::accept);
      assertEquals(Map.of("own", 1L), detector.allowedCounts());
      assertEquals(1, detector.counters().suppressed());
      assertEquals(1, detector.counters().alerts());
    }
  }

  @Test
  void anEntryHoldsToTheEndOfItsLastDayAndThenSaysSo() {
    for (String[] day : new String[][] {{"2026-06-15", "0"}, {"2026-06-14", "1"}}) {
      Allowlist allowlist =
          Allowlist.parse(
              "a.yml",
              entry("host.name: WEB01")
                  .replace("2026-06-30", day[0])
                  .getBytes(StandardCharsets.UTF_8));
      try (CapturedLog log = new CapturedLog()) {
        assertEquals(
            Integer.parseInt(day[1]),
            saidOf(allowlist, Story.begin().started(APPCMD, INSTALL)).size());
        assertEquals(
            2 * Integer.parseInt(day[1]),
            log.lines("allowlist entry own of web team has expired on 2026-06-14").size());
      }
    }
  }

  @Test
  void anEntryThatNamesNoRuleIsSpokenOf() {
    try (CapturedLog log = new CapturedLog();
        Detector detector = detector(yaml("rule.id: registration-apcmd"))) {
      assertEquals(1, log.lines("entry own names no existing rule").size());
      assertTrue(detector.allowedCounts().isEmpty());
    }
  }

  @Test
  void aFileThatChangesIsTakenUpAndABrokenOneIsNot() throws Exception {
    Path file = directory.resolve("allow.yaml");
    Files.writeString(file, entry("host.name: OTHER"));
    try (CapturedLog log = new CapturedLog();
        Detector detector = detector(Allowlist.empty());
        AllowlistWatch watch = AllowlistWatch.start(file, detector)) {
      Await.until(() -> watch.reloaded() == 1);
      Files.writeString(file, entry("host.nam: WEB01"));
      Await.until(() -> watch.refused() == 1);
      assertEquals(1, log.lines("allow.yaml:5: unknown field host.nam").size());
      Files.writeString(file, entry("host.name: WEB01"));
      Await.until(() -> watch.reloaded() == 2);
      Story.begin().started(APPCMD, INSTALL).records().forEach(detector::accept);
      assertEquals(1, heldBack.alerts().size());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no list: here | a.yaml:1: an allowlist must be a list of entries",
        "- just text | a.yaml:1: an entry must have the fields id, reason, owner, expires and at least one condition",
        "- {id: a, owner: b, expires: 2026-01-01, host.name: x} | a.yaml:1: the entry a has no reason",
        "- {id: a, reason: r, owner: b, host.name: x} | a.yaml:1: the entry a has no expires",
        "- {id: a, reason: r, owner: b, expires: soon, host.name: x} | expires must be a day such as 2027-06-30, not 'soon'",
        "- {id: a, reason: r, owner: b, expires: 2026-01-01} | the entry has no condition and would allow everything",
        "- {id: a, reason: r, owner: b, expires: 2026-01-01, host: x} | unknown field host; the fields are rule.id",
        "- {id: a, reason: r, owner: b, expires: 2026-01-01, host.name: []} | host.name is empty",
        "- {id: a, reason: r, owner: b, expires: 2026-01-01, host.name: {}} | host.name must be a text",
        "- {id: a, enabled: maybe, reason: r, owner: b, expires: 2026-01-01, host.name: x} | enabled must be true or false",
        "- {id: a, reason | a.yaml:1:"
      })
  void whatIsWrongIsSaidWithItsLine(String text, String problem) {
    AllowlistException e =
        assertThrows(
            AllowlistException.class,
            () -> Allowlist.parse("a.yaml", text.getBytes(StandardCharsets.UTF_8)));
    assertTrue(String.valueOf(e.getMessage()).contains(problem), e::getMessage);
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    String text = entry("host.nam: x") + entry("dll.pat: y");
    AllowlistException e =
        assertThrows(
            AllowlistException.class,
            () -> Allowlist.parse("a.yaml", text.getBytes(StandardCharsets.UTF_8)));
    assertTrue(e.problems().size() >= 4, e::getMessage);
    assertTrue(e.problems().get(2).startsWith("a.yaml:10: "), e::getMessage);
    assertTrue(e.problems().get(3).startsWith("a.yaml:6: duplicate entry id own"), e::getMessage);
  }

  @Test
  void jsonIsAsGood() throws IOException {
    Path file = directory.resolve("allow.json");
    Files.writeString(
        file,
        """
        [{"id": "own", "reason": "known", "owner": "web team", "expires": "2026-06-30",
          "host.name": ["WEB01"]},
         {"id": "off", "enabled": false, "reason": "r", "owner": "o", "expires": "2026-06-30",
          "host.name": "x"}]
        """);
    assertEquals(1, Allowlist.read(file).entries().size());
    assertEquals(List.of(), saidOf(Allowlist.read(file), Story.begin().started(APPCMD, INSTALL)));
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    AllowlistException e =
        assertThrows(
            AllowlistException.class, () -> Allowlist.read(directory.resolve("none.yaml")));
    assertTrue(String.valueOf(e.getMessage()).contains("none.yaml"), e::getMessage);
  }

  @Test
  void theStarterFileIsSoundAndAllowsNothing() {
    assertEquals(List.of(), Allowlist.read(Path.of("docs/allowlist-starter.yaml")).entries());
  }

  @Test
  void theEntryThatThePageShowsIsOne() {
    byte[] yaml = Readme.block("yaml", "shop-deployment").getBytes(StandardCharsets.UTF_8);
    AllowlistEntry entry = Allowlist.parse("entry.yaml", yaml).entries().get(0);
    assertEquals("web team", entry.owner());
    assertEquals(3, entry.conditions().size());
  }

  @Test
  void anEntryOfTheStarterFileMatchesTheValueThatItIsMadeFor() throws IOException {
    String starter = Files.readString(Path.of("docs/allowlist-starter.yaml"));
    Allowlist enabled =
        Allowlist.parse(
            "starter.yaml",
            starter
                .replace("enabled: false", "enabled: true")
                .replace("to be named, such as ", "")
                .replace("2027-06-30", "2026-06-30")
                .getBytes(StandardCharsets.UTF_8));
    AllowlistEntry module =
        enabled.entries().stream()
            .filter(entry -> entry.id().equals("aspnet-core-module"))
            .findAny()
            .orElseThrow();
    Rule rule =
        Rules.bundled().all().stream()
            .filter(one -> one.id().equals("registration-configuration-log"))
            .findAny()
            .orElseThrow();
    ConfigurationEvent changed =
        ConfigurationEvent.builder()
            .timestamp(TODAY)
            .hostName("WEB01")
            .iis(
                IisConfigurationFields.builder()
                    .configuration(
                        "/system.webServer/globalModules/add[@name=\"AspNetCoreModuleV2\"]/@image")
                    .newValue("%ProgramFiles%\\IIS\\Asp.Net Core Module\\V2\\aspnetcorev2.dll")
                    .build())
            .build();
    assertTrue(module.allows(Alert.of(rule, List.of(changed))));
  }
}
