package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.replay;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.testing.Readme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README shows what its first command prints. */
class ReadmeOutputTest {

  @Test
  void theFirstCommandPrintsWhatTheReadmeShows() throws Exception {
    String shown = Readme.block("text", "registry-then-file");
    String printed = replay(Path.of("src", "samples")).run().with(0).out();
    assertEquals(withoutSpeed(shown), withoutSpeed(printed));
  }

  private static String withoutSpeed(String output) {
    return output.strip().replaceAll(" in [0-9.]+ s \\([0-9,]+/s\\)", "");
  }
}
