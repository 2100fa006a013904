package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.EcsLines;
import dev.iiswarden.testing.IisEvents;
import dev.iiswarden.testing.Readme;
import dev.iiswarden.testing.WindowsEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  @TempDir Path directory;

  private Path log(String content) throws IOException {
    return Files.writeString(directory.resolve("x.log"), content);
  }

  @Test
  void theReadmeShowsWhatIsExplained() throws Exception {
    String printed =
        iiswarden(
                "explain",
                "--line",
                "3",
                "--rule",
                "registry-then-file,w3wp-module-load",
                Path.of("src", "samples", "web02.ecs.ndjson"))
            .run()
            .with(0)
            .out();

    assertEquals(Readme.block("text", "web02.ecs.ndjson:3").strip(), printed.strip());
  }

  @Test
  void aRecordOfManyLinesIsFoundByAnyOfThem() throws Exception {
    WindowsEvent event =
        WindowsEvent.sysmon(
            11, IisEvents.START, "WEB01", Map.of("TargetFilename", "C:\\inetpub\\x.dll"));
    Path log = log("{}\n" + event.indentedXml() + "\n{}\n");
    String printed = iiswarden("explain", "--line", "4,6", log).run().with(0).out();

    assertTrue(printed.startsWith(log + ":2\n  shape  xml\n  fact   FileEvent\n"), printed);
    assertEquals(1, printed.lines().filter(line -> line.contains("shape")).count(), printed);
  }

  @Test
  void splunksDatesAreReadInTheZoneThatIsNamed() throws Exception {
    Path log =
        log(
            """
            03/04/2026 05:12:07 PM
            LogName=Security
            EventCode=4688
            ComputerName=WEB01
            Message=A new process has been created.

            \tNew Process Name:\tC:\\x.exe
            """);

    assertTrue(
        iiswarden("explain", "--zone", "America/New_York", log)
            .run()
            .with(0)
            .out()
            .contains("2026-03-04T22:12:07Z"));
    assertTrue(
        iiswarden("explain", "--zone", "UTC", "--shape", "xml", log)
            .run()
            .with(2)
            .err()
            .contains("--zone applies only to Splunk's text and to collectors"));
    assertTrue(
        iiswarden("explain", "--zone", "Nowhere", log)
            .run()
            .with(2)
            .err()
            .contains("'Nowhere' is not a time zone"));
  }

  @Test
  void withoutALineAllAreExplained() throws Exception {
    Path log = log("{\"EventID\":10}\n{x\n" + EcsLines.load("l", "WEB01", IisEvents.START));
    String printed = iiswarden("explain", log).run().with(0).out();

    assertTrue(printed.contains(":1\n  shape  flat\n  not an event that rules evaluate"), printed);
    assertTrue(
        printed.contains(":2\n  shape  (not recognised)\n  malformed: not valid JSON"), printed);
    assertTrue(printed.contains("from a user-writable folder: yes, it fires"), printed);
  }

  @Test
  void standardInputIsReadToo() throws Exception {
    byte[] line = EcsLines.load("l", "WEB01", IisEvents.START).getBytes(StandardCharsets.UTF_8);
    String printed = iiswarden("explain", "-").reading(line).run().with(0).out();

    assertTrue(printed.startsWith("standard input:1\n"), printed);
  }

  @Test
  void whatAnEventSaysCannotDriveTheTerminal() throws Exception {
    String line = EcsLines.load("l", "WEB01", IisEvents.START).replace("filter", "\\u001b[31m");
    String printed = iiswarden("explain", log(line)).run().with(0).out();

    assertFalse(printed.contains("\u001b"), printed);
  }

  @Test
  void theLinesBeforeOpenTheStagesThatAnEventFinds() throws Exception {
    Path log =
        log(
            EcsLines.registration("r", "WEB01", IisEvents.START)
                + "\n"
                + EcsLines.drop("d", "WEB01", IisEvents.START.plusSeconds(60))
                + "\n"
                + EcsLines.drop("e", "WEB01", IisEvents.START.plusSeconds(120)));

    assertTrue(explained(log, "1").contains("registered: it waits from now on\n"));
    assertTrue(
        explained(log, "1").contains("\n    and   $dropped : FileEvent( follows( $registered,"));
    assertTrue(explained(log, "2").contains("registered: yes, it fires\n"));
    assertTrue(
        explained(log, "2")
            .contains("\n    open  $registered : sequence \"registry-then-file\"\n"));
    assertTrue(explained(log, "3").contains("registered: no, nothing is open for it\n"));
    assertTrue(
        explained(log, "3")
            .contains("\n          completed at 2026-03-01T03:01:00Z: file creation"));
  }

  @Test
  void stagesAreInTheOrderOfTimeEvenIfTheLogIsNot() throws Exception {
    Path log =
        log(
            EcsLines.drop("d", "WEB01", IisEvents.START.plusSeconds(60))
                + "\n"
                + EcsLines.registration("r", "WEB01", IisEvents.START));

    assertTrue(explained(log, "1").contains("registered: no, nothing is open for it\n"));
    String both = explained(log, "1,2");
    assertTrue(both.startsWith(log + ":1\n"), both);
    assertTrue(both.contains("registered: yes, it fires\n"), both);
  }

  private static String explained(Path log, String lines) throws Exception {
    return iiswarden("explain", "--line", lines, "--rule", "registry-then-file", log)
        .run()
        .with(0)
        .out();
  }

  @Test
  void aLineThatIsNotThereIsAnError() throws Exception {
    Path log = log("{}\n");
    Program.Ended ended = iiswarden("explain", "--line", "1,7", log).run().with(1);

    assertEquals(log + " has no event on line 7", ended.err().strip());
  }

  @Test
  void aLogThatIsNotThereIsAnError() throws Exception {
    Program.Ended missing = iiswarden("explain", "missing.log").run().with(1);
    Program.Ended folder = iiswarden("explain", directory).run().with(1);

    assertEquals("missing.log: cannot be read: no such file", missing.err().strip());
    assertEquals(
        directory + ": cannot be read: it is a directory; name one log in it",
        folder.err().strip());
  }

  @Test
  void wrongUseIsExplained() throws Exception {
    assertTrue(iiswarden("explain").run().with(2).err().contains("Try: iiswarden explain --help"));
    assertTrue(
        iiswarden("explain", "--shape", "cef", "x")
            .run()
            .with(2)
            .err()
            .contains("unknown decoder 'cef'"));
    assertTrue(
        iiswarden("explain", "--rules", directory, log("{}"))
            .run()
            .with(2)
            .err()
            .contains("there is no .drl file in the rules directory"));
  }
}
