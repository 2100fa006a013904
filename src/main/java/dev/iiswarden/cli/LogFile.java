package dev.iiswarden.cli;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One log, read record by record. Not safe for use by several threads. */
final class LogFile implements AutoCloseable {
  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final String name;
  private final LineReader lines;
  private final EventDecoder decoder;

  /** Opens a log, plain or gzip whatever its name, adding to a count the bytes that are read. */
  LogFile(String name, InputStream raw, EventDecoder decoder, LongAdder bytesRead)
      throws IOException {
    this.name = name;
    this.lines = new LineReader(content(new Counting(raw, bytesRead)));
    this.decoder = decoder;
  }

  private static InputStream content(InputStream raw) throws IOException {
    InputStream buffered = new BufferedInputStream(raw, 1 << 16);
    buffered.mark(3);
    byte[] start = buffered.readNBytes(3);
    buffered.reset();
    if (start.length >= 2
        && (start[0] & 0xff) == GZIP_MAGIC_1
        && (start[1] & 0xff) == GZIP_MAGIC_2) {
      return new GZIPInputStream(buffered, 1 << 16);
    }
    if (Arrays.equals(start, BYTE_ORDER_MARK)) {
      buffered.skipNBytes(BYTE_ORDER_MARK.length);
    }
    return buffered;
  }

  String name() {
    return name;
  }

  /** How many lines have been read. */
  long line() {
    return lines.number();
  }

  /**
   * The next record, blank lines aside, or null at the end.
   *
   * @throws IOException if the log breaks off
   */
  @Nullable Decoded next() throws IOException {
    while (lines.next()) {
      if (lines.isTooLong()) {
        return Decoded.malformed(
            "longer than " + (LineReader.LONGEST_LINE >> 20) + " MiB, skipped", line(), 0);
      }
      if (!lines.isBlank()) {
        return decoder.decode(lines.buffer(), lines.start(), lines.length(), line());
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** Counts what is read from a file, which of a compressed one is less than its content. */
  private static final class Counting extends FilterInputStream {
    private final LongAdder count;

    Counting(InputStream in, LongAdder count) {
      super(in);
      this.count = count;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      if (read >= 0) {
        count.increment();
      }
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read > 0) {
        count.add(read);
      }
      return read;
    }
  }
}
