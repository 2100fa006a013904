package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static dev.iiswarden.cli.Program.replayBaseQuery;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.iiswarden.cli.Program.Ended;
import dev.iiswarden.cli.print.Fit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program in a real terminal. */
class TerminalTest {
  private static final String ESCAPE = "\u001b";

  @TempDir private Path directory;
  private Path log = Path.of("");

  @BeforeEach
  void thereIsATerminal() throws Exception {
    assumeTrue(hasScript(), "this system has no script of util-linux, which makes a terminal");
    log = Logs.write(directory.resolve("events.ndjson"), Logs.REGISTRATION_THEN_DROP);
  }

  private static boolean hasScript() throws InterruptedException {
    try {
      Process version = new ProcessBuilder("script", "--version").start();
      String said = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return version.waitFor() == 0 && said.contains("util-linux");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void thereAreColoursAndLinesFit() throws Exception {
    Ended ended = replayBaseQuery(log).runOnTerminal(80, Map.of(), "PROGRAM").with(0);
    assertTrue(ended.out().contains(ESCAPE + "["), ended::toString);
    String shown = ended.out().replaceAll(ESCAPE + "\\[\\d+m", "");
    assertTrue(shown.contains("…"), shown);
    assertTrue(shown.lines().allMatch(line -> Fit.columns(line.stripTrailing()) <= 80), shown);
  }

  @ParameterizedTest
  @CsvSource({"NO_COLOR, 1", "TERM, dumb"})
  void thereAreNoColoursForWhoDoesNotWantThem(String variable, String value) throws Exception {
    Ended ended =
        replayBaseQuery(log).runOnTerminal(80, Map.of(variable, value), "PROGRAM").with(0);
    assertFalse(ended.out().contains(ESCAPE), ended::toString);
    assertTrue(ended.out().startsWith("HIGH  DLL dropped"), ended::toString);
    ended = iiswarden("--help").runOnTerminal(80, Map.of(variable, value), "PROGRAM").with(0);
    assertFalse(ended.out().contains(ESCAPE), ended::toString);
  }

  @Test
  void columnsOfTheEnvironmentCount() throws Exception {
    Ended ended =
        replayBaseQuery(log).runOnTerminal(80, Map.of("COLUMNS", "200"), "PROGRAM").with(0);
    assertFalse(ended.out().contains("…"), ended::toString);
  }

  @Test
  void aPipeOnATerminalHasNoneOfIt() throws Exception {
    Ended ended = replayBaseQuery(log).runOnTerminal(80, Map.of(), "PROGRAM | cat").with(0);
    assertFalse(ended.out().contains(ESCAPE), ended::toString);
    assertFalse(ended.out().contains("…"), ended::toString);
  }

  /** The input comes late, so that there is a bar however fast the machine is. */
  private Ended slowly(String redirected) throws Exception {
    return replayBaseQuery("--lateness", "PT0S", "-")
        .runOnTerminal(
            100,
            Map.of("NO_COLOR", "1"),
            "(sleep 4; cat '" + log + "'; sleep 2) | PROGRAM " + redirected)
        .with(0);
  }

  @Test
  void alertsAppearAboveTheBarWhichIsGoneInTheEnd() throws Exception {
    Ended ended = slowly("");
    assertTrue(ended.out().contains("MiB/s"), ended::toString);
    String shown = Screen.of(ended.out().replace("\r\n", "\n"));
    assertFalse(shown.contains("MiB/s"), shown);
    assertEquals(1, shown.lines().filter(line -> line.startsWith("HIGH  DLL dropped")).count());
    assertTrue(shown.contains("\n\n2 events in "), shown);
  }

  @ParameterizedTest
  @CsvSource({"2>/dev/null", "'| cat'", "2>&1 | cat"})
  void thereIsNoBarWhereNobodySeesIt(String redirected) throws Exception {
    Path errors = Files.createFile(directory.resolve("errors"));
    Ended ended = slowly(redirected.replace("/dev/null", "'" + errors + "'"));
    assertFalse(ended.out().contains("MiB/s"), ended::toString);
    assertEquals("", Files.readString(errors));
  }
}
