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
 * A sink that appends each alert to a file as one line of JSON in UTF-8. Create it with a
 * constructor.
 *
 * <p>When {@code accept} returns, the operating system has the line, so a crash of this process
 * loses no accepted alert. If a line cannot be written completely, for instance on a full disk, it
 * is removed before the failure is reported. The file therefore holds only complete lines, and an
 * alert that is offered again is not written twice.
 *
 * <p>Safe for use by several threads. Use one sink per file.
 */
public final class JsonLinesSink implements AlertSink, Closeable {
  private final Path file;
  private final AlertFormat format;
  private final FileOutputStream out;

  /** The length of the file up to the end of its last complete line, in bytes. */
  private long length;

  /**
   * Opens the file for alerts in ECS and creates it if it does not exist.
   *
   * @throws IOException if the file cannot be opened for writing
   */
  public JsonLinesSink(Path file) throws IOException {
    this(file, AlertFormat.ECS);
  }

  /**
   * Opens the file for alerts in the given format and creates it if it does not exist.
   *
   * @throws IOException if the file cannot be opened for writing
   */
  public JsonLinesSink(Path file, AlertFormat format) throws IOException {
    this.file = file;
    this.format = format;
    // A stream, because an interrupted thread would close a channel.
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
   * @throws UncheckedIOException if the line cannot be written
   */
  @Override
  public synchronized void accept(Alert alert) {
    byte[] line = (format.toJson(alert) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      out.write(line);
      length += line.length;
    } catch (IOException e) {
      removePartialLine(e);
      throw new UncheckedIOException("cannot write to " + file + ": " + e.getMessage(), e);
    }
  }

  private void removePartialLine(IOException failure) {
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
   * @throws IOException if the file cannot be closed
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
