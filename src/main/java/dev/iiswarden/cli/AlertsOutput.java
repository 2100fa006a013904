package dev.iiswarden.cli;

import dev.iiswarden.Alert;
import dev.iiswarden.AlertFormat;
import dev.iiswarden.AlertSink;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where {@code --alerts} goes, and what is to be closed afterwards. */
record AlertsOutput(@Nullable AlertSink target, @Nullable Closeable closeable)
    implements AutoCloseable {

  static AlertsOutput none() {
    return new AlertsOutput(null, null);
  }

  /** Straight to the descriptor: a {@code PrintStream} would keep quiet about a closed pipe. */
  static AlertsOutput standardOutput(AlertFormat format) {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    return new AlertsOutput(new StandardOutput(out, format), null);
  }

  Optional<AlertSink> sink() {
    return Optional.ofNullable(target);
  }

  private record StandardOutput(OutputStream out, AlertFormat format) implements AlertSink {
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

  @Override
  public void close() throws IOException {
    if (closeable != null) {
      closeable.close();
    }
  }
}
