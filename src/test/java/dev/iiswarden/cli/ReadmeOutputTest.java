package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.replay;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.Readme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README shows what its first command prints. */
class ReadmeOutputTest {
  /** The README shows the beginning and the end. */
  private static final String LEFT_OUT = "\n[...]\n";

  @Test
  void theFirstCommandPrintsWhatTheReadmeShows() throws Exception {
    String shown = withoutSpeed(Readme.block("text", "registry-then-file"));
    String printed = withoutSpeed(replay(Path.of("src", "samples")).run().with(0).out());
    int gap = shown.indexOf(LEFT_OUT);
    assertTrue(printed.startsWith(shown.substring(0, gap).strip()), printed);
    assertTrue(printed.endsWith(shown.substring(gap + LEFT_OUT.length()).strip()), printed);
  }

  private static String withoutSpeed(String output) {
    return output.strip().replaceAll(" in [0-9.]+ s \\([0-9,]+/s\\)", "");
  }
}
