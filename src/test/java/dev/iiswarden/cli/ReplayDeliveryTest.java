package dev.iiswarden.cli;

import static dev.iiswarden.cli.Logs.REGISTRATION_THEN_DROP;
import static dev.iiswarden.cli.Program.replayBaseQuery;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.iiswarden.cli.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts reach the place they were sent to, or the user hears of each that does not. */
class ReplayDeliveryTest {
  private static final Path FULL_DISK = Path.of("/dev/full");

  @TempDir private Path directory;
  private Path log = Path.of("");

  @BeforeEach
  void writeLog() throws IOException {
    log = Logs.write(directory.resolve("events.ndjson"), Logs.load("first"), Logs.load("second"));
  }

  @Test
  void alertsAreAppendedToAFile() throws Exception {
    Path alerts = directory.resolve("alerts.jsonl");
    replayBaseQuery("--alerts", alerts, log).run().with(0);
    String before = Files.readString(alerts);
    replayBaseQuery("--alerts", alerts, Logs.write(log, REGISTRATION_THEN_DROP)).run().with(0);
    String after = Files.readString(alerts);
    assertTrue(after.startsWith(before), after);
    assertEquals(
        List.of("w3wp-module-load", "w3wp-module-load", "registry-then-file"),
        Ended.parse(after.lines()).stream().map(alert -> alert.at("/rule/id").asText()).toList());
  }

  @Test
  void alertsInAFileAreStillPrintedForPeople() throws Exception {
    Ended ended = replayBaseQuery("--alerts", directory.resolve("alerts.jsonl"), log).run().with(0);
    assertEquals(2, ended.printedAlerts(), ended::toString);
  }

  @Test
  void aFullDiskLosesNoAlertSilently() throws Exception {
    assumeTrue(Files.exists(FULL_DISK), "this system has no " + FULL_DISK);
    Ended ended = replayBaseQuery("--quiet", "--alerts", FULL_DISK, log).run().with(1);
    assertNamesBothAlerts(ended);
    assertTrue(ended.err().contains("cannot write to " + FULL_DISK), ended::toString);
  }

  @Test
  void aFullDiskDoesNotKeepAlertsFromPeople() throws Exception {
    assumeTrue(Files.exists(FULL_DISK), "this system has no " + FULL_DISK);
    Ended ended = replayBaseQuery("--alerts", FULL_DISK, log).run().with(1);
    assertEquals(2, ended.printedAlerts(), ended::toString);
  }

  @Test
  void aReaderThatGoesAwayHasSeenEnough() throws Exception {
    for (String format : List.of("json", "cards", "short", "table")) {
      Ended ended = replayBaseQuery("--format", format, log).runWithOutputClosed().with(141);
      assertEquals("", ended.err());
    }
  }

  @Test
  void aReaderThatGoesAwayTakesNothingFromTheOtherOutputs() throws Exception {
    Path alerts = directory.resolve("alerts.jsonl");
    Ended ended = replayBaseQuery("--alerts", alerts, log).runWithOutputClosed().with(141);
    assertEquals("", ended.err());
    assertEquals(2, Files.readAllLines(alerts).size());
  }

  @Test
  void aFullDiskIsReportedThoughTheReaderHasGoneAway() throws Exception {
    assumeTrue(Files.exists(FULL_DISK), "this system has no " + FULL_DISK);
    assertNamesBothAlerts(
        replayBaseQuery("--alerts", FULL_DISK, log).runWithOutputClosed().with(1));
  }

  private static void assertNamesBothAlerts(Ended ended) {
    List<String> named =
        Ended.parse(ended.err().lines().filter(line -> line.startsWith("{"))).stream()
            .map(alert -> alert.at("/iiswarden/evidence/0/event/id").asText())
            .toList();
    assertEquals(List.of("first", "second"), named, ended::toString);
  }
}
