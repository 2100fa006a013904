package dev.iiswarden.cli.print;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertFormat;
import dev.iiswarden.alert.AlertSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A sink that writes each alert as a line of JSON to standard output. Not safe for use by several
 * threads.
 */
public final class AlertJson implements AlertSink {
  private final OutputStream out;
  private final AlertFormat format;

  /**
   * Creates a writer.
   *
   * @param out the stream; not a {@code PrintStream}, which would not report a closed pipe
   */
  public AlertJson(OutputStream out, AlertFormat format) {
    this.out = out;
    this.format = format;
  }

  @Override
  public void accept(Alert alert) {
    try {
      out.write((format.toJson(alert) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to standard output: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "standard output";
  }
}
