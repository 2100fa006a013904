package dev.iiswarden.cli.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.cli.Screen;
import dev.iiswarden.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests the progress bar in the last line of a terminal, with other output above it. */
class ProgressTest {
  private static final long MIB = 1 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final StatusLine line = new StatusLine(Utf8.to(bytes));

  private String sent() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theBarShowsTheRateAndTheTimeLeft() throws Exception {
    try (Progress progress = new Progress(100 * MIB, () -> 50 * MIB, line, 80)) {
      for (int i = 0; i < 1_000; i++) {
        progress.update();
      }
      Await.until(() -> sent().contains("\r"));
    }
    String bar = sent().split("\r", -1)[1];
    assertTrue(
        bar.matches(
            "replay +50% \\[=+ +\\] +50/100 MiB \\(0:00:0\\d / 0:00:0\\d\\) \\d+\\.\\d MiB/s"),
        bar);
    assertTrue(bar.length() < 80, bar);
    assertEquals("", Screen.of(sent()));
  }

  @Test
  void whereTheEndIsNotKnownThereIsTheRate() throws Exception {
    try (Progress progress = new Progress(-1, () -> 50 * MIB, line, 80)) {
      for (int i = 0; i < 1_000; i++) {
        progress.update();
      }
      Await.until(() -> sent().contains("\r"));
    }
    assertTrue(sent().matches("(?s)\rreplay .* 50/\\? MiB .* \\d+\\.\\d MiB/s.*"), sent());
  }

  @Test
  void whatIsOverAtOnceHasNoBar() {
    new Progress(100 * MIB, () -> 0, line, 80).close();
    assertEquals("", sent());
  }

  @Test
  void theLineGoesAwayForWhatIsWrittenAndComesBackBelowIt() throws Exception {
    OutputStream out = line.above(bytes);
    line.show("half of it is done");
    out.write("an al".getBytes(StandardCharsets.UTF_8));
    line.show("not in the middle of a line");
    out.write("ert\n".getBytes(StandardCharsets.UTF_8));
    line.show("all of it");
    assertEquals("an alert\nall of it", Screen.of(sent()));
    line.show("done");
    assertEquals("an alert\ndone", Screen.of(sent()));
    line.clear();
    assertEquals("an alert", Screen.of(sent()));
  }
}
