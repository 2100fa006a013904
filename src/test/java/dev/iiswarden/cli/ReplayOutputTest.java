package dev.iiswarden.cli;

import static dev.iiswarden.cli.Logs.REGISTRATION_THEN_DROP;
import static dev.iiswarden.cli.Program.iiswarden;
import static dev.iiswarden.cli.Program.replayBaseQuery;
import static dev.iiswarden.testing.IisEvents.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.cli.Program.Ended;
import dev.iiswarden.testing.EcsLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program says of what it finds, to people and to other programs. */
class ReplayOutputTest {
  @TempDir private Path directory;

  @Test
  void anAlertTellsPeopleWhereAndWhatAndThenWhatHappenedInOrder() throws Exception {
    Ended ended = replayBaseQuery(log(REGISTRATION_THEN_DROP)).run().with(0);
    assertInOrder(
        ended.out(),
        "HIGH",
        "[registry-then-file]",
        "WEB01  2026-03-01 03:01:00.000Z",
        "T1505.004 Server Software Component: IIS Components  alert ",
        "1─",
        "─2  1m00s",
        "1.    +0s  registry change",
        "\\W3SVC\\Parameters\\FilterDLLs = C:\\inetpub\\filter.dll",
        "2026-03-01 03:00:00.000Z  by reg.exe  [r]",
        "2. +1m00s  file creation  C:\\inetpub\\filter.dll",
        "2026-03-01 03:01:00.000Z  by powershell.exe  [f]");
    assertEquals("", ended.err());
  }

  @Test
  void theLastLineSumsUp() throws Exception {
    Path log = log(Logs.load("l1") + "\n" + Logs.load("l2") + "\nnonsense\n{}\n");
    Ended ended = replayBaseQuery(log).run().with(0);
    String last = ended.out().lines().reduce("", (before, line) -> line);
    assertTrue(
        last.matches("4 events in [\\d.,]+ s \\([\\d,]+/s\\): 2 alerts, 2 unrecognised"), last);
  }

  @Test
  void theSummarySaysWhatIsDoubtfulAboutEvents() throws Exception {
    String ahead = EcsLines.load("a", "WEB01", Instant.now().plus(Duration.ofDays(3)));
    String old = EcsLines.load("o", "WEB01", Instant.parse("1999-12-31T23:59:59Z"));
    String homeless = Logs.load("h").replace("\"host\":{\"name\":\"WEB01\"},", "");
    Path log = log(String.join("\n", old, Logs.load("l"), homeless, homeless, ahead));
    for (String option : List.of("--format=cards", "--quiet")) {
      Ended ended = replayBaseQuery(option, log).run().with(0);
      List<String> warnings = ended.err().lines().toList();
      assertEquals(3, warnings.size(), ended::toString);
      assertTrue(warnings.get(0).startsWith("warning: 2 events name no host, so"), ended::toString);
      assertTrue(
          warnings.get(1).startsWith("warning: 1 event is dated before the year 2000 and"),
          ended::toString);
      assertTrue(
          warnings.get(2).startsWith("warning: 1 event is dated more than a day in the future or"),
          ended::toString);
    }
  }

  @Test
  void theSummarySaysThatEventsCameTooLate() throws Exception {
    String late = EcsLines.drop("f", "WEB01", START.minusSeconds(60));
    Ended ended =
        replayBaseQuery("--lateness", "PT59S", log(Logs.load("l") + "\n" + late)).run().with(0);
    assertTrue(ended.out().contains("1 arrived too late"), ended::toString);
  }

  @Test
  void thereAreNoColourCodesWhenOutputIsNoTerminal() throws Exception {
    Ended ended = replayBaseQuery(log(REGISTRATION_THEN_DROP + "nonsense")).run().with(0);
    assertFalse((ended.out() + ended.err()).contains("\u001b"), ended::toString);
  }

  @Test
  void quietMeansNothingOnEitherOutput() throws Exception {
    Ended ended = replayBaseQuery("--quiet", log(REGISTRATION_THEN_DROP)).run();
    assertEquals(new Ended(0, "", ""), ended);
  }

  @Test
  void quietStillSaysWhatIsWrong() throws Exception {
    Path log = log("nonsense");
    Ended ended = replayBaseQuery("--quiet", log).run().with(1);
    assertEquals("", ended.out());
    assertTrue(ended.err().startsWith(log + ": 1 unrecognised record ("), ended::toString);
  }

  @Test
  void anAlertForAnotherProgramIsALineOfJson() throws Exception {
    Ended ended = replayBaseQuery("--format", "json", log(REGISTRATION_THEN_DROP)).run().with(0);
    JsonNode alert = ended.alerts().get(0);
    assertEquals(1, ended.alerts().size());
    assertEquals("registry-then-file", alert.at("/rule/id").asText());
    assertEquals("WEB01", alert.at("/host/name").asText());
    assertEquals("2026-03-01T03:01:00Z", alert.at("/@timestamp").asText());
    assertTrue(alert.at("/event/id").asText().matches("[0-9a-f]{32}"), ended::toString);
    assertEquals(List.of(List.of("r", "f")), ended.evidenceIds());
  }

  @Test
  void theSummaryIsNotAmongWhatProgramsMayRead() throws Exception {
    for (String format : List.of("json", "short", "table")) {
      Ended ended = replayBaseQuery("--format", format, log(REGISTRATION_THEN_DROP)).run().with(0);
      assertEquals(1, ended.err().lines().count(), ended::toString);
      assertInOrder(ended.err(), "2 events in ", "1 alert");
      assertFalse(ended.out().contains("2 events in "), ended::toString);
    }
  }

  @Test
  void shortIsALineAnAlert() throws Exception {
    Path log = log(REGISTRATION_THEN_DROP + Logs.load("l"));
    Ended ended = replayBaseQuery("--quiet", "--format", "short", log).run().with(0);
    assertEquals(
        """
        2026-03-01 03:00:00.000Z  HIGH  WEB01  w3wp-module-load  library load  C:\\Windows\\Temp\\filter.dll  by w3wp.exe
        2026-03-01 03:01:00.000Z  HIGH  WEB01  registry-then-file  file creation  C:\\inetpub\\filter.dll  by powershell.exe
        """,
        ended.out());
    assertEquals("", ended.err());
  }

  @Test
  void aTableHasItsColumnsBelowEachOther() throws Exception {
    Path log = log(REGISTRATION_THEN_DROP + Logs.load("l"));
    Ended ended = replayBaseQuery("--format", "table", log).run().with(0);
    assertEquals(
        """
        TIME                      SEVERITY  HOST                  RULE                            WHAT
        2026-03-01 03:00:00.000Z  HIGH      WEB01                 w3wp-module-load                library load  C:\\Windows\\Temp\\filter.dll  by w3wp.exe
        2026-03-01 03:01:00.000Z  HIGH      WEB01                 registry-then-file              file creation  C:\\inetpub\\filter.dll  by powershell.exe
        """,
        ended.out());
  }

  @Test
  void quietLeavesJsonAlone() throws Exception {
    Ended ended =
        replayBaseQuery("--quiet", "--format", "json", log(REGISTRATION_THEN_DROP)).run().with(0);
    assertEquals(List.of(List.of("r", "f")), ended.evidenceIds());
    assertEquals("", ended.err());
  }

  @Test
  void anEventWithoutAnIdIsNamedByItsLine() throws Exception {
    String log = "\n" + EcsLines.withoutId(Logs.load("none")) + "\n";
    Ended ended = replayBaseQuery("--format", "json", log(log)).run().with(0);
    assertEquals(List.of(List.of("line:2")), ended.evidenceIds());
  }

  @Test
  void alertsThatAreNotAsciiAreUtf8() throws Exception {
    String log = EcsLines.load("l", "WÉB-日本", START);
    Ended ended = replayBaseQuery("--format", "json", log(log)).run().with(0);
    assertEquals("WÉB-日本", ended.alerts().get(0).at("/host/name").asText());
    ended = replayBaseQuery(log(log)).run().with(0);
    assertTrue(ended.out().contains("  WÉB-日本  2026"), ended::toString);
  }

  /** ESC, BEL, a line break, the one-byte CSI, a right-to-left override and half a character. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\\u001b[2J", "\\u0007", "\\nCRITICAL", "\\u009b2J", "\\u202e", "\\ud800"})
  void noControlCharacterOfAnEventReachesTheTerminal(String bad) throws Exception {
    String registration =
        """
        {"@timestamp":"2026-03-01T03:00:00Z","event":{"id":"id BAD","category":"registry",\
        "type":["BAD","change"]},"host":{"name":"host BAD"},"process":{"executable":"exe BAD"},\
        "registry":{"path":"inetsrv BAD","value":"DLL","data":{"strings":["BAD","x.dll"]}}}""";
    String drop =
        """
        {"@timestamp":"2026-03-01T03:00:01Z","event":{"category":"file","type":"creation"},\
        "host":{"name":"host BAD"},"process":{"name":"name BAD"},\
        "file":{"path":"C:\\\\inetpub\\\\BAD","extension":"dll"}}""";
    String load =
        """
        {"@timestamp":"2026-03-01T03:00:02Z","event":{"category":"library"},\
        "process":{"name":"w3wp.exe","executable":"exe BAD"},\
        "dll":{"path":"C:\\\\Users\\\\BAD","name":"x.dll"}}""";
    Path log = log(String.join("\n", registration, drop, load).replace("BAD", bad));
    Ended ended = replayBaseQuery(log).run().with(0);
    assertEquals(2, ended.printedAlerts(), ended::toString);
    assertTrue(
        ended.out().codePoints().allMatch(ReplayOutputTest::isHarmless), () -> ended.toString());
    assertFalse(ended.out().lines().anyMatch(line -> line.startsWith("CRITICAL")), ended.out());
  }

  @ParameterizedTest
  @CsvSource({"auto, 1", "flat, 1", "ecs, 0"})
  void theShapeDecidesWhatALineMeans(String shape, int alerts) throws Exception {
    String image = "\"Hostname\":\"WEB01\",\"UtcTime\":\"2026-03-01 03:00:00.000\",\"Image\":";
    Path log =
        log(
            """
            {"EventID":7,%s"C:\\\\Windows\\\\System32\\\\inetsrv\\\\w3wp.exe",\
            "ImageLoaded":"C:\\\\Windows\\\\Temp\\\\filter.dll"}"""
                .formatted(image));
    Ended ended = replayBaseQuery("--shape", shape, log).run().with(alerts == 0 ? 1 : 0);
    assertEquals(alerts, ended.printedAlerts(), ended::toString);
  }

  @ParameterizedTest
  @CsvSource({"PT15M, 1", "15m, 1", "PT1M, 0", "1m, 0"})
  void latenessDecidesHowFarEventsMayBeOutOfOrder(String lateness, int alerts) throws Exception {
    Path log =
        log(
            String.join(
                "\n",
                EcsLines.drop("f", "WEB01", START.plusSeconds(300)),
                EcsLines.ordinary("WEB01", START.plusSeconds(600)),
                EcsLines.registration("r", "WEB01", START)));
    Ended ended = replayBaseQuery("--lateness", lateness, log).run().with(0);
    assertEquals(alerts, ended.printedAlerts(), ended::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "--help, replay",
    "--version, iiswarden",
    "replay --help, --lateness",
    "replay --help, 'Exit codes:'"
  })
  void askedForHelpItHelps(String arguments, String expected) throws Exception {
    Ended ended = iiswarden((Object[]) arguments.split(" ", -1)).run().with(0);
    assertTrue(ended.out().contains(expected), ended::toString);
    assertEquals("", ended.err());
  }

  private Path log(String text) throws IOException {
    return Files.writeString(directory.resolve("events.ndjson"), text);
  }

  private static void assertInOrder(String text, String... parts) {
    int from = 0;
    for (String part : parts) {
      int at = text.indexOf(part, from);
      assertTrue(at >= 0, () -> "no \"" + part + "\" where it should be in:\n" + text);
      from = at + part.length();
    }
  }

  private static boolean isHarmless(int c) {
    int type = Character.getType(c);
    return c == '\n'
        || (type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE);
  }
}
