package dev.iiswarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.cli.Program.Ended;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The usual command, which is run without the parser of options. */
class PlainReplayTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"replay a", "replay - a b.xml", "replay a replay"})
  void namesOfInputsNeedNoParser(String line) {
    assertTrue(PlainReplay.isAskedForBy(line.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replay",
        "replay --quiet a",
        "replay a -h",
        "replay @files",
        "Replay a",
        "test a"
      })
  void allElseIsParsed(String line) {
    assertFalse(PlainReplay.isAskedForBy(line.split(" ")));
  }

  @Test
  void bothWaysEndAlike() throws Exception {
    Path log = Logs.write(directory.resolve("events.ndjson"), Logs.REGISTRATION_THEN_DROP);
    for (Path input : List.of(log, directory.resolve("missing.xml"))) {
      Ended plain = Program.replay(input).run();
      Ended parsed = Program.replay("--lateness", "35s", input).run();

      assertEquals(parsed.exitCode(), plain.exitCode());
      assertEquals(parsed.err(), plain.err());
      assertEquals(withoutSpeed(parsed.out()), withoutSpeed(plain.out()));
    }
  }

  private static String withoutSpeed(String output) {
    return output.replaceAll(" in [0-9.]+ s \\([0-9,]+/s\\)", "");
  }
}
