package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.replay;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.Readme;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README shows of what its first command prints the middle and the end. */
class ReadmeOutputTest {
  private static final String LEFT_OUT = "[...]\n";

  @Test
  void theFirstCommandPrintsWhatTheReadmeShows() throws Exception {
    String shown = Readme.block("text", "registry-then-file");
    String printed = replay(Path.of("src", "samples")).run().with(0).out();
    String[] parts = shown.split(Pattern.quote(LEFT_OUT), -1);
    assertEquals(3, parts.length, shown);
    assertTrue(printed.contains(parts[1]), printed);
    assertTrue(withoutSpeed(printed).endsWith(withoutSpeed(parts[2])), printed);
  }

  private static String withoutSpeed(String output) {
    return output.strip().replaceAll(" in [0-9.]+ s \\([0-9,]+/s\\)", "");
  }
}
