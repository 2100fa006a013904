package dev.iiswarden.sink;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertFormat;
import dev.iiswarden.alert.AlertSink;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Appends each alert to a file as one line of JSON, UTF-8. When {@code accept} returns, the line is
 * with the operating system: a crash of this process loses nothing that was handed over. A line
 * that could not be written whole, on a full disk, is taken back before the failure is reported, so
 * that the file holds whole lines only and the alert is not there twice when it is offered again.
 * Safe for use by several threads; one file, one writer.
 */
public final class JsonLinesSink implements AlertSink, Closeable {
  private final Path file;
  private final AlertFormat format;
  private final FileOutputStream out;

  /** How long the file is, up to the end of its last whole line. */
  private long length;

  /**
   * Opens the file for alerts in ECS, making it if it is not there.
   *
   * @throws IOException if it cannot be opened for writing
   */
  public JsonLinesSink(Path file) throws IOException {
    this(file, AlertFormat.ECS);
  }

  /**
   * Opens the file, making it if it is not there.
   *
   * @throws IOException if it cannot be opened for writing
   */
  public JsonLinesSink(Path file, AlertFormat format) throws IOException {
    this.file = file;
    this.format = format;
    // Not a channel: an interrupted thread would close it.
    out = new FileOutputStream(file.toFile(), true);
    if (Files.isRegularFile(file)) {
      length = Files.size(file);
      if (length > 0 && lastByte() != '\n') {
        out.write('\n');
        length++;
      }
    }
  }

  private int lastByte() throws IOException {
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
      content.seek(length - 1);
      return content.read();
    }
  }

  /**
   * Appends a line.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  @Override
  public synchronized void accept(Alert alert) {
    byte[] line = (format.toJson(alert) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      out.write(line);
      length += line.length;
    } catch (IOException e) {
      takeBack(e);
      throw new UncheckedIOException("cannot write to " + file + ": " + e.getMessage(), e);
    }
  }

  private void takeBack(IOException failure) {
    if (Files.isRegularFile(file)) {
      try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
        content.setLength(length);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /**
   * Closes the file.
   *
   * @throws IOException if that fails
   */
  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  @Override
  public String toString() {
    return "JSON Lines sink " + file;
  }
}
