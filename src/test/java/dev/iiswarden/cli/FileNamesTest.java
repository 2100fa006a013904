package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static dev.iiswarden.cli.Program.replayBaseQuery;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.iiswarden.cli.Program.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose names the locale cannot express are found all the same. */
class FileNamesTest {
  private static final String LOG = "日誌/Größe-журнал.xml";

  @TempDir private Path directory;

  @BeforeEach
  void onLinux() {
    assumeTrue(Files.exists(Path.of("/proc/self/cmdline")), "only Linux keeps the arguments");
  }

  /**
   * Runs a program under {@code LC_ALL=C} in a directory with one log. A script names the log, for
   * the locale of the tests may be such a one as well.
   *
   * @param arguments what follows the arguments of the program
   */
  private Ended run(Program program, String log, String arguments) throws Exception {
    Logs.write(directory.resolve("events"), log);
    Path script =
        Files.writeString(
            directory.resolve("script"),
            "cd '"
                + directory
                + "' && mkdir -p 日誌 && cp events "
                + LOG
                + "\nLC_ALL=C exec \"$@\" "
                + arguments);
    return program.inShell("sh '" + script + "' PROGRAM").run();
  }

  @Test
  void aNamedFileIsRead() throws Exception {
    Ended ended = run(replayBaseQuery(), Logs.load("l"), LOG).with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
    assertEquals("", ended.err());
  }

  @Test
  void aFileIsReadByItsAbsoluteName() throws Exception {
    Ended ended = run(replayBaseQuery(), Logs.load("l"), "\"$PWD\"/./日誌/../" + LOG).with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
  }

  @Test
  void aNamedDirectoryIsRead() throws Exception {
    Ended ended = run(replayBaseQuery(), Logs.load("l"), "日誌").with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
  }

  @Test
  void messagesNameAFileThatWasNamed() throws Exception {
    Ended ended = run(replayBaseQuery(), "nonsense", LOG).with(1);
    assertTrue(ended.err().startsWith(LOG + ": 1 "), ended::toString);
  }

  @Test
  void messagesNameAFileThatWasFound() throws Exception {
    Ended ended = run(replayBaseQuery(), "nonsense", "./日誌").with(1);
    assertTrue(ended.err().startsWith("./" + LOG + ": 1 "), ended::toString);
    Ended absolute = run(replayBaseQuery(), "nonsense", "\"$PWD\"").with(1);
    assertTrue(absolute.err().startsWith(directory + "/" + LOG + ": 1 "), absolute::toString);
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    Ended ended = run(replayBaseQuery(), "", "日誌/нет.xml 記録").with(1);
    assertEquals(
        "日誌/нет.xml: cannot be read: no such file\n記録: cannot be read: no such file",
        ended.err().strip());
  }

  @Test
  void explainReadsIt() throws Exception {
    Ended ended = run(iiswarden("explain", "--line", "1"), Logs.load("l"), LOG).with(0);
    assertTrue(ended.out().startsWith(LOG + ":1\n"), ended::toString);
  }

  @Test
  void aNameThatIsNotUtf8IsRefusedInAFewWords() throws Exception {
    Ended ended = run(iiswarden("explain"), "", "\"$(printf 'Gr\\366\\337e')\"").with(1);
    assertTrue(ended.err().contains(": not a file name in this locale"), ended::toString);
    assertFalse(ended.err().contains("Exception"), ended::toString);
  }
}
