package dev.iiswarden.sink;

import dev.iiswarden.Alert;
import dev.iiswarden.AlertSink;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends each alert to a file as one line of JSON, UTF-8. When {@code accept} returns, the line is
 * with the operating system: a crash of this process loses nothing that was handed over. A line
 * that could not be written whole, on a full disk, is taken back before the failure is reported, so
 * that the file holds whole lines only and the alert is not there twice when it is offered again.
 * Safe for use by several threads; one file, one writer.
 */
public final class JsonLinesSink implements AlertSink, Closeable {
  private final Path file;
  private final FileChannel channel;

  /**
   * Opens the file, making it if it is not there.
   *
   * @throws IOException if it cannot be opened for writing
   */
  public JsonLinesSink(Path file) throws IOException {
    this.file = file;
    channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    channel.position(channel.size());
    if (endsWithinLine()) {
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
  }

  private boolean endsWithinLine() throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
  }

  /**
   * Appends a line.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  @Override
  public synchronized void accept(Alert alert) {
    ByteBuffer line = ByteBuffer.wrap((alert.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      long start = channel.position();
      try {
        while (line.hasRemaining()) {
          channel.write(line);
        }
      } catch (IOException e) {
        takeBack(start, e);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + file + ": " + e.getMessage(), e);
    }
  }

  private void takeBack(long start, IOException failure) {
    try {
      channel.truncate(start).position(start);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Closes the file.
   *
   * @throws IOException if that fails
   */
  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return "JSON Lines sink " + file;
  }
}
