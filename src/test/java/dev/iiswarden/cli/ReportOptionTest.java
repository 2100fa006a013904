package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static dev.iiswarden.cli.Program.replay;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.iiswarden.cli.Program.Ended;
import dev.iiswarden.testing.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code --report} of replay and explain, in processes of their own. */
class ReportOptionTest {
  private static final Path SAMPLES = Path.of("src/samples");

  @TempDir private Path directory;

  @Test
  void replayWritesAPageBesideItsAlerts() throws Exception {
    Path report = directory.resolve("report.html");
    Ended ended = replay("--report", report, SAMPLES).run().with(0);

    assertTrue(ended.out().contains("12 alerts"), ended.out());
    assertEquals("Report written to " + report + System.lineSeparator(), ended.err());
    assertTrue(Files.readString(report).startsWith("<!DOCTYPE html>"));
    assertEquals(List.of(report), contents());
  }

  @Test
  void thePageOfAReplaySaysWhatWasReadAndWhatCouldNotBe() throws Exception {
    Path log = Files.writeString(directory.resolve("cut.ndjson"), "{\"@timestamp\": \"2026\n");
    Path report = directory.resolve("report.html");
    replay("--report", report, "--quiet", SAMPLES, log).run().with(1);
    try (Browser browser = Browser.start()) {
      browser.open(report, "");
      assertEquals("12 alerts on 3 hosts", browser.text("h1"));
      assertTrue(
          browser
              .text(".lead")
              .startsWith(
                  "32 records read, from 2026-03-04 03:10:58.114 to 2026-03-05 01:40:19.059 UTC."),
          browser.text(".lead"));
      assertTrue(browser.text(".problems").startsWith("2 problems while reading: 1 record lost"));
      browser.run("document.querySelector('.problems').open = true");
      assertTrue(browser.text(".problems").contains("cut.ndjson: 1 malformed record ("));
      browser.first("#incidents a").click();
      browser.waitFor("document.querySelector('#event-1') !== null");
      browser.first("#event-1 summary").click();
      assertTrue(
          browser
              .text("#event-1")
              .contains("Read from " + SAMPLES.resolve("web01.sysmon.ndjson") + ":1"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void theSameLogsGiveTheSamePage() throws Exception {
    Path first = directory.resolve("first.html");
    Path second = directory.resolve("second.html");
    replay("--quiet", "--report", first, SAMPLES).run().with(0);
    replay("--quiet", "--report", second, SAMPLES).run().with(0);

    assertEquals(-1, Files.mismatch(first, second));
  }

  @Test
  void whereNoFileCanBeIsSaidBeforeAnythingIsRead() throws Exception {
    Path nowhere = directory.resolve("no-such").resolve("report.html");
    Ended missing = replay("--report", nowhere, SAMPLES).run().with(2);
    Ended folder = replay("--report", directory, SAMPLES).run().with(2);
    Ended dash = replay("--report", "-", SAMPLES).run().with(2);
    Ended device = replay("--report", "/dev/null", SAMPLES).run().with(2);
    Ended explain =
        iiswarden("explain", "--report", nowhere, SAMPLES.resolve("web02.ecs.ndjson"))
            .run()
            .with(2);

    assertTrue(missing.err().contains("there is no directory " + nowhere.getParent()));
    assertTrue(folder.err().contains("it is a directory; name a file, such as "), folder.err());
    assertTrue(dash.err().contains("name a file, such as report.html"), dash.err());
    assertTrue(explain.err().contains("there is no directory"), explain.err());
    assertTrue(device.err().contains("it is not a regular file"), device.err());
    assertEquals("", missing.out() + folder.out() + dash.out() + explain.out());
  }

  @Test
  void aReportThatCannotBeWrittenFailsTheRunButNotItsAlerts() throws Exception {
    assumeFalse(OS.WINDOWS.isCurrentOs(), "there is no ulimit to fill a disk with");
    Path report = Files.writeString(directory.resolve("report.html"), "the one before");
    Ended ended =
        replay("--report", report, SAMPLES).inShell("ulimit -f 64; exec PROGRAM").run().with(1);

    assertTrue(ended.out().contains("12 alerts"));
    assertTrue(ended.err().contains("--report: cannot write " + report), ended.err());
    assertEquals("the one before", Files.readString(report));
    assertEquals(List.of(report), contents());
  }

  @Test
  void aGuideOfOnesOwnRuleIsFoundBesideItsRules() throws Exception {
    Path rules = directory.resolve("my-rules");
    iiswarden("new-rule", "module-in-temp", rules, "--kind", "library", "--guides", rules)
        .run()
        .with(0);
    Path page = directory.resolve("explain.html");
    Ended ended =
        iiswarden(
                "explain", "--report", page, "--rules", rules, SAMPLES.resolve("web02.ecs.ndjson"))
            .run()
            .with(0);

    assertEquals("", ended.out());
    assertTrue(Files.readString(page).contains("<template id=\"guide-0\">"));
  }

  @Test
  void explainWritesOnlyTheRecordsAskedFor() throws Exception {
    Path page = directory.resolve("explain.html");
    iiswarden("explain", "--line", "3", "--report", page, SAMPLES.resolve("web02.ecs.ndjson"))
        .run()
        .with(0);
    assertFalse(Files.readString(page).isEmpty());
    try (Browser browser = Browser.start()) {
      browser.open(page, "");
      assertEquals("1 record", browser.text("[role=status]"));
      assertTrue(browser.text("#h-record").endsWith("web02.ecs.ndjson:3"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  private List<Path> contents() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
