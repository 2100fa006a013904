package dev.iiswarden.cli;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One log, read record by record. Not safe for use by several threads. */
final class LogFile implements AutoCloseable {
  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
  private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] UTF_16_LE_MARK = {(byte) 0xff, (byte) 0xfe};
  private static final byte[] UTF_16_BE_MARK = {(byte) 0xfe, (byte) 0xff};
  private static final byte[] EVTX_MAGIC = {'E', 'l', 'f', 'F', 'i', 'l', 'e', 0};
  private static final byte[] ZIP_MAGIC = {'P', 'K', 3, 4};

  private final String name;
  private final RecordReader records;
  private final EventDecoder decoder;

  /** Opens a log, plain or gzip whatever its name, adding to a count the bytes that are read. */
  LogFile(String name, InputStream raw, EventDecoder decoder, LongAdder bytesRead)
      throws IOException {
    this.name = name;
    this.records = new RecordReader(content(new Counting(raw, bytesRead)));
    this.decoder = decoder;
  }

  private static InputStream content(InputStream raw) throws IOException {
    PushbackInputStream file = new PushbackInputStream(raw, GZIP_MAGIC.length);
    InputStream content = startsWith(file, GZIP_MAGIC) ? new GZIPInputStream(file, 1 << 16) : file;
    // Not a BufferedInputStream: where a file is cut off, it loses what it has read so far.
    PushbackInputStream text = new PushbackInputStream(content, EVTX_MAGIC.length);
    if (startsWith(text, UTF_8_MARK)) {
      text.skipNBytes(UTF_8_MARK.length);
    } else if (startsWith(text, UTF_16_LE_MARK)
        || startsWith(text, UTF_16_BE_MARK)
        || looksLikeUtf16(text)) {
      throw new IOException("this is UTF-16 text; save it as UTF-8, as iconv and editors can");
    } else if (startsWith(text, EVTX_MAGIC)) {
      throw new IOException("this is an EVTX file; evtx_dump -o jsonl makes JSON of it");
    } else if (startsWith(text, ZIP_MAGIC)) {
      throw new IOException("this is a ZIP archive; unpack it first");
    }
    return text;
  }

  /** Without a mark at its beginning: every other byte of its first characters is zero. */
  private static boolean looksLikeUtf16(PushbackInputStream in) throws IOException {
    byte[] start = in.readNBytes(4);
    in.unread(start);
    return start.length == 4
        && (start[0] == 0) != (start[1] == 0)
        && (start[0] == 0) == (start[2] == 0)
        && (start[1] == 0) == (start[3] == 0);
  }

  private static boolean startsWith(PushbackInputStream in, byte[] mark) throws IOException {
    byte[] start = in.readNBytes(mark.length);
    in.unread(start);
    return Arrays.equals(start, mark);
  }

  String name() {
    return name;
  }

  /** How many lines have been read. */
  long line() {
    return records.linesRead();
  }

  /** On which line the last record began, from 1. */
  long recordLine() {
    return records.line();
  }

  /**
   * The next record, blank lines aside, or null at the end.
   *
   * @throws IOException if the log breaks off
   */
  @Nullable Decoded next() throws IOException {
    if (!records.next()) {
      return null;
    }
    String flaw = records.flaw();
    return flaw == null
        ? decoder.decode(records.bytes(), records.start(), records.length(), records.line())
        : Decoded.malformed(flaw, records.line(), 0);
  }

  @Override
  public void close() throws IOException {
    records.close();
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
