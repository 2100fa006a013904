package dev.iiswarden.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Captures the log between opening and closing. The tests log to the current standard error, so
 * this class replaces standard error.
 */
public final class CapturedLog implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

  /** Starts to capture. */
  public CapturedLog() {
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
  }

  /** The lines so far that contain all the given parts. */
  public List<String> lines(String... parts) {
    return captured
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> List.of(parts).stream().allMatch(line::contains))
        .toList();
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
