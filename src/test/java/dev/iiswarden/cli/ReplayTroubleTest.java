package dev.iiswarden.cli;

import static dev.iiswarden.cli.Logs.REGISTRATION;
import static dev.iiswarden.cli.Logs.REGISTRATION_THEN_DROP;
import static dev.iiswarden.cli.Logs.gzip;
import static dev.iiswarden.cli.Program.iiswarden;
import static dev.iiswarden.cli.Program.replayBaseQuery;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.iiswarden.cli.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users and their tools do that nobody thinks of. */
class ReplayTroubleTest {
  @TempDir private Path directory;

  @Test
  void pipesAreReadOnce() throws Exception {
    Path first = pipe("first", REGISTRATION);
    Path second = pipe("second", REGISTRATION_THEN_DROP.lines().skip(1).findFirst().orElseThrow());
    Ended ended = replayBaseQuery(first, second).run().with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
    assertTrue(ended.out().contains("2 events"), ended::toString);
  }

  @Test
  void onePipeIsReadAsWell() throws Exception {
    Ended ended = replayBaseQuery(pipe("only", REGISTRATION_THEN_DROP)).run().with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
  }

  @Test
  void aByteOrderMarkMayStandInsideGzip() throws Exception {
    Path log =
        Files.write(directory.resolve("bom.ndjson.gz"), gzip("\uFEFF" + REGISTRATION_THEN_DROP));
    Ended ended = replayBaseQuery(log).run().with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
    assertEquals("", ended.err());
  }

  @Test
  void anEmptyFileNameIsAMistake() throws Exception {
    Ended ended = replayBaseQuery("").run().with(1);
    assertTrue(ended.err().startsWith("empty file name"), ended::toString);
  }

  @Test
  void noControlCharacterOfABadLineReachesTheTerminal() throws Exception {
    Path log = directory.resolve("bad.ndjson");
    Files.writeString(log, "foo\u001Bcbar\n{\"@timestamp\":\"\u009B31m\"}\n");
    Ended ended = replayBaseQuery(log).run().with(1);
    assertEquals(2, ended.err().lines().count(), ended::toString);
    assertFalse(ended.err().contains("\u001B"), ended::toString);
    assertFalse(ended.err().contains("\u009B"), ended::toString);
  }

  @Test
  void alertsForPeopleThatCannotBePrintedAreNotForgotten() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no " + full);
    Path log = Logs.write(directory.resolve("events.ndjson"), Logs.load("l"));
    Ended ended = replayBaseQuery(log).writingTo(full).run().with(1);
    assertTrue(ended.err().contains("\"id\":\"l\""), ended::toString);
  }

  @Test
  void aDirectoryThatCannotBeEnteredDoesNotKeepTheRestFromBeingRead() throws Exception {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(closed), "the user of these tests may read everything");
    Logs.write(directory.resolve("events.ndjson"), Logs.load("l"));
    Ended ended = replayBaseQuery(directory).run().with(1);
    assertEquals(closed + ": cannot be read: permission denied", ended.err().strip());
    assertEquals(1, ended.printedAlerts(), ended::toString);
  }

  @Test
  void everyCommandTellsItsVersion() throws Exception {
    assertTrue(replayBaseQuery("--version").run().with(0).out().startsWith("iiswarden "));
    assertTrue(iiswarden("--version").run().with(0).out().startsWith("iiswarden "));
  }

  /** A named pipe to which another process writes as soon as somebody reads it. */
  private Path pipe(String name, String content) throws IOException, InterruptedException {
    Path pipe = directory.resolve(name);
    Path text = Files.writeString(directory.resolve(name + ".txt"), content + "\n");
    boolean made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    assumeTrue(made, "this system has no named pipes");
    new ProcessBuilder("sh", "-c", "cat \"$1\" > \"$2\"", "sh", text.toString(), pipe.toString())
        .start();
    return pipe;
  }
}
